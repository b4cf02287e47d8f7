package io.eventagents.scheduling.reminder;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A reminder as clients see it. */
@JsonNaming(SnakeCaseStrategy.class)
record ReminderView(
    UUID id,
    String taskId,
    String ownerId,
    String title,
    @Nullable Instant dueAt,
    Instant remindAt,
    String status,
    boolean snoozed) {

  static ReminderView of(Reminder reminder) {
    return new ReminderView(
        reminder.id(),
        reminder.taskId(),
        reminder.ownerId(),
        reminder.title(),
        reminder.dueAt(),
        reminder.remindAt(),
        reminder.status().name().toLowerCase(Locale.ROOT),
        reminder.snoozed());
  }
}
