@NullMarked
package io.eventagents.notification.slack;

import org.jspecify.annotations.NullMarked;
