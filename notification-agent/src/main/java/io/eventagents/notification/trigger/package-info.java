/** The events that lead to messages, as this application reads them. */
@NullMarked
package io.eventagents.notification.trigger;

import org.jspecify.annotations.NullMarked;
