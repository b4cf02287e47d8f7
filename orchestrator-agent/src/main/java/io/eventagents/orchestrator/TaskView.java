package io.eventagents.orchestrator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A task as clients see it. */
@JsonNaming(SnakeCaseStrategy.class)
record TaskView(
    String id,
    String title,
    String ownerId,
    int priority,
    @Nullable Instant dueAt,
    @Nullable String recurrence,
    @Nullable String timeZone,
    String status,
    Instant createdAt,
    Instant updatedAt) {

  static TaskView of(Task task) {
    return new TaskView(
        task.id(),
        task.title(),
        task.ownerId(),
        task.priority(),
        task.dueAt(),
        task.recurrence(),
        task.timeZone(),
        task.status().wireName(),
        task.createdAt(),
        task.updatedAt());
  }
}
