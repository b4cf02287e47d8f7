package io.eventagents.scheduling.reminder;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a task will be reminded.
 *
 * @param dueAt when the task is due; null if it has no due time
 */
@EventType("reminder.scheduled")
public record ReminderScheduled(
    String reminderId,
    @EntityKey String taskId,
    @Personal String ownerId,
    String title,
    Instant remindAt,
    @Nullable Instant dueAt)
    implements ReminderEvent, TimerEvent {

  static final String TYPE = "reminder.scheduled";

  static ReminderScheduled of(Reminder reminder) {
    return new ReminderScheduled(
        reminder.id().toString(),
        reminder.taskId(),
        reminder.ownerId(),
        reminder.title(),
        reminder.remindAt(),
        reminder.dueAt());
  }
}
