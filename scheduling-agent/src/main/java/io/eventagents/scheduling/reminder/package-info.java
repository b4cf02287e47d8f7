/** Reminders: when they come, how they are stored and snoozed, and the events about them. */
@NullMarked
package io.eventagents.scheduling.reminder;

import org.jspecify.annotations.NullMarked;
