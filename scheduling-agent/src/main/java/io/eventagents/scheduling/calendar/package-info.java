/** Calendars that programs fetch: by the owner, or by a secret address. */
@NullMarked
package io.eventagents.scheduling.calendar;

import org.jspecify.annotations.NullMarked;
