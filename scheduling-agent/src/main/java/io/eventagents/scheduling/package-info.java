/**
 * Reminders of tasks: durable, cancelled when the task ends, and shown as a calendar.
 *
 * <p>The agent {@code reminder-scheduler} sets and cancels them; a timer publishes {@code
 * reminder.due} in the same chain; {@code GET /calendars/{owner_id}.ics} shows them.
 */
@NullMarked
package io.eventagents.scheduling;

import org.jspecify.annotations.NullMarked;
