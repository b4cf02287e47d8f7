package io.eventagents.scheduling;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.time.Instant;

/** Somebody will be reminded of a task. */
@EventType("reminder.scheduled")
record ReminderScheduled(
    String reminderId, @EntityKey String taskId, String ownerId, String title, Instant remindAt)
    implements ReminderEvent {

  static final String TYPE = "reminder.scheduled";
}
