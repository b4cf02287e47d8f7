/** Pushes to phones (FCM) and browsers (Web Push). */
@NullMarked
package io.eventagents.notification.push;

import org.jspecify.annotations.NullMarked;
