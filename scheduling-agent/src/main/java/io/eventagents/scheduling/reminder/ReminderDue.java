package io.eventagents.scheduling.reminder;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time of a reminder has come. */
@EventType("reminder.due")
public record ReminderDue(
    String reminderId,
    @EntityKey String taskId,
    @Personal String ownerId,
    String title,
    @Nullable Instant dueAt)
    implements TimerEvent {

  static ReminderDue of(Reminder reminder) {
    return new ReminderDue(
        reminder.id().toString(),
        reminder.taskId(),
        reminder.ownerId(),
        reminder.title(),
        reminder.dueAt());
  }
}
