package io.eventagents.scheduling.reminder;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody will be reminded of a task.
 *
 * @param dueAt when the task is due that time; null where it is due at no time
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
