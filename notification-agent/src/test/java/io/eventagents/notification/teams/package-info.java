@NullMarked
package io.eventagents.notification.teams;

import org.jspecify.annotations.NullMarked;
