package io.eventagents.orchestrator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The command to give a task other values; those that are null stay as they are. */
public record ChangeTask(
    @Nullable String title,
    @Nullable String ownerId,
    @Nullable Integer priority,
    @Nullable NewValue<Instant> dueAt,
    @Nullable NewValue<String> recurrence,
    @Nullable NewValue<String> timeZone) {

  /**
   * A value to set.
   *
   * @param value null removes the present one
   */
  public record NewValue<T>(@Nullable T value) {}
}
