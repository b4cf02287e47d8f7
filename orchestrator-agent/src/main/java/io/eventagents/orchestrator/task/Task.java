package io.eventagents.orchestrator.task;

import io.eventagents.orchestrator.task.Decision.Changed;
import io.eventagents.orchestrator.task.Decision.Unchanged;
import io.eventagents.orchestrator.task.TaskEvent.TaskCompleted;
import io.eventagents.orchestrator.task.TaskEvent.TaskCreated;
import io.eventagents.orchestrator.task.TaskEvent.TaskDeleted;
import io.eventagents.orchestrator.task.TaskEvent.TaskUpdated;
import io.eventagents.orchestrator.task.TaskRejection.DeletedTask;
import io.eventagents.orchestrator.task.TaskRejection.FinishedTask;
import io.eventagents.orchestrator.task.TaskRejection.UnfitTask;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that somebody owns, and the rules for what may happen to it. A command results in
 * the changed task and in an event that carries all of it.
 *
 * @param version how many events there are of it
 */
public record Task(
    String id,
    String title,
    String ownerId,
    int priority,
    @Nullable Instant dueAt,
    @Nullable String recurrence,
    @Nullable String timeZone,
    TaskStatus status,
    Instant createdAt,
    Instant updatedAt,
    long version) {

  public static Changed create(CreateTask command, Instant now) {
    Task task =
        new Task(
            "task-" + UUID.randomUUID(),
            command.title(),
            command.ownerId(),
            command.priority(),
            command.dueAt(),
            command.recurrence(),
            command.timeZone(),
            TaskStatus.CREATED,
            now,
            now,
            1);
    return new Changed(task, TaskEvent.of(task, TaskCreated::new));
  }

  /** What is wrong with a new due time, if anything: it must not have passed. */
  public static Optional<String> faultOfDueTime(Instant dueAt, Instant now) {
    return dueAt.isBefore(now) ? Optional.of("must not be in the past") : Optional.empty();
  }

  /**
   * What is wrong with a recurrence, if anything: it needs a first due time, and the scheduler has
   * to find a time after it.
   */
  public static Optional<String> faultOfRecurrence(
      @Nullable String recurrence, @Nullable Instant dueAt, @Nullable String timeZone) {
    return recurrence == null
        ? Optional.empty()
        : dueAt == null
            ? Optional.of("needs due_at, the first time that the task is due")
            : TaskSeries.fault(recurrence, dueAt, timeZone);
  }

  private static void refuse(String field, Optional<String> fault) {
    if (fault.isPresent()) {
      throw new UnfitTask(field, fault.get());
    }
  }

  /**
   * Gives the task other values.
   *
   * @throws TaskRejection if the task is deleted or completed, or cannot have such a value
   */
  public Decision change(ChangeTask command, Instant now) {
    refuseIfDeleted();
    Task changed =
        new Task(
            id,
            Objects.requireNonNullElse(command.title(), title),
            Objects.requireNonNullElse(command.ownerId(), ownerId),
            Objects.requireNonNullElse(command.priority(), priority),
            command.dueAt() == null ? dueAt : command.dueAt().value(),
            command.recurrence() == null ? recurrence : command.recurrence().value(),
            command.timeZone() == null ? timeZone : command.timeZone().value(),
            status,
            createdAt,
            now,
            version + 1);
    TaskUpdated updated = TaskEvent.of(changed, TaskUpdated::new);
    if (updated.equals(TaskEvent.of(this, TaskUpdated::new))) {
      return new Unchanged(this);
    }
    if (status == TaskStatus.COMPLETED) {
      throw new FinishedTask(id);
    }
    Instant due = changed.dueAt();
    if (!changed.recursLike(this)) { // an earlier version may have taken the rule
      refuse("recurrence", faultOfRecurrence(changed.recurrence(), due, changed.timeZone()));
    }
    if (due != null
        && !due.equals(dueAt)) { // a due time that has passed stays if only something else changes
      refuse("due_at", faultOfDueTime(due, now));
    }
    return new Changed(changed, updated);
  }

  private boolean recursLike(Task other) {
    return Objects.equals(recurrence, other.recurrence)
        && Objects.equals(dueAt, other.dueAt)
        && Objects.equals(timeZone, other.timeZone);
  }

  /** Completing twice is not an error: the client may not have seen the first answer. */
  public Decision complete(Instant now) {
    refuseIfDeleted();
    return become(TaskStatus.COMPLETED, TaskCompleted::of, now);
  }

  public Decision delete(Instant now) {
    return become(TaskStatus.DELETED, it -> TaskEvent.of(it, TaskDeleted::new), now);
  }

  private Decision become(TaskStatus next, Function<Task, TaskEvent> event, Instant now) {
    if (status == next) {
      return new Unchanged(this);
    }
    Task changed =
        new Task(
            id,
            title,
            ownerId,
            priority,
            dueAt,
            recurrence,
            timeZone,
            next,
            createdAt,
            now,
            version + 1);
    return new Changed(changed, event.apply(changed));
  }

  /**
   * The task, for a client that reads it.
   *
   * @throws DeletedTask if it is deleted
   */
  Task visible() {
    refuseIfDeleted();
    return this;
  }

  private void refuseIfDeleted() {
    if (status == TaskStatus.DELETED) {
      throw new DeletedTask(id);
    }
  }
}
