package io.eventagents.scheduling.reminder;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reminder moved to another time, because the task did or because a client snoozed it.
 *
 * @param dueAt when the task is due; null if it has no due time
 */
@EventType("reminder.rescheduled")
public record ReminderRescheduled(
    String reminderId,
    @EntityKey String taskId,
    @Personal String ownerId,
    String title,
    Instant remindAt,
    Instant previousRemindAt,
    @Nullable Instant dueAt)
    implements ReminderEvent {

  static final String TYPE = "reminder.rescheduled";

  static ReminderRescheduled of(Reminder reminder, Instant remindAt, Instant previousRemindAt) {
    return new ReminderRescheduled(
        reminder.id().toString(),
        reminder.taskId(),
        reminder.ownerId(),
        reminder.title(),
        remindAt,
        previousRemindAt,
        reminder.dueAt());
  }
}
