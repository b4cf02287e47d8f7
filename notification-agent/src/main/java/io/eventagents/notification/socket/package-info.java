/** Connections whose exchanges end in time. */
@NullMarked
package io.eventagents.notification.socket;

import org.jspecify.annotations.NullMarked;
