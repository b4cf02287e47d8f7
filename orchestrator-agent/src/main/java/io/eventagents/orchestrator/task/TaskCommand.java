package io.eventagents.orchestrator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a client wants done; it can be refused, and is never published. */
public sealed interface TaskCommand {

  /** A new task. */
  record CreateTask(
      String title,
      String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone)
      implements TaskCommand {}

  /**
   * Other values for a task, null for those that stay.
   *
   * @param dueAt the other due time, since that may also become none
   * @param recurrence the other rule, since that may also become none
   * @param timeZone the other zone, since that may also become none
   */
  record ChangeTask(
      @Nullable String title,
      @Nullable String ownerId,
      @Nullable Integer priority,
      @Nullable NewDueTime dueAt,
      @Nullable NewText recurrence,
      @Nullable NewText timeZone)
      implements TaskCommand {}

  /** A task is done. */
  record CompleteTask() implements TaskCommand {}

  /** A task is no longer wanted. */
  record DeleteTask() implements TaskCommand {}

  /**
   * A due time to set.
   *
   * @param dueAt null for none
   */
  record NewDueTime(@Nullable Instant dueAt) {}

  /**
   * A text to set.
   *
   * @param text null for none
   */
  record NewText(@Nullable String text) {}
}
