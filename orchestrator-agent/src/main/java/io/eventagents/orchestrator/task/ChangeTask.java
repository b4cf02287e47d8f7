package io.eventagents.orchestrator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The command to give a task other values; null for those that stay. */
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
   * @param value null for none
   */
  public record NewValue<T>(@Nullable T value) {}
}
