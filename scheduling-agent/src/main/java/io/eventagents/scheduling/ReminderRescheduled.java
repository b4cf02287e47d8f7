package io.eventagents.scheduling;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.time.Instant;

/** The task is due at another time, and so is the reminder. */
@EventType("reminder.rescheduled")
record ReminderRescheduled(
    String reminderId,
    @EntityKey String taskId,
    String ownerId,
    String title,
    Instant remindAt,
    Instant previousRemindAt)
    implements ReminderEvent {

  static final String TYPE = "reminder.rescheduled";
}
