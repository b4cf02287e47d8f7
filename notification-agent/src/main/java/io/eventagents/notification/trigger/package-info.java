/** The events that people are told of, as this application reads them. */
@NullMarked
package io.eventagents.notification.trigger;

import org.jspecify.annotations.NullMarked;
