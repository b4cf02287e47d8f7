/** Calendars that programs fetch: of an owner, and by a secret address. */
@NullMarked
package io.eventagents.scheduling.calendar;

import org.jspecify.annotations.NullMarked;
