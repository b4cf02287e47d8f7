@NullMarked
package io.eventagents.notification;

import org.jspecify.annotations.NullMarked;
