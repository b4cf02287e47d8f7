package io.eventagents.orchestrator.task;

import io.eventagents.orchestrator.task.Decision.Changed;
import io.eventagents.orchestrator.task.Decision.Unchanged;
import io.eventagents.orchestrator.task.TaskCommand.ChangeTask;
import io.eventagents.orchestrator.task.TaskCommand.CompleteTask;
import io.eventagents.orchestrator.task.TaskCommand.CreateTask;
import io.eventagents.orchestrator.task.TaskCommand.DeleteTask;
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
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that somebody owns, and the rules of what may happen to it. Commands lead to
 * events, and a task is what its events made of it.
 *
 * @param version how many events that were
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
    TaskCreated created =
        new TaskCreated(
            "task-" + UUID.randomUUID(),
            command.title(),
            command.ownerId(),
            command.priority(),
            command.dueAt(),
            command.recurrence(),
            command.timeZone());
    return new Changed(after(created, now, now, 1), created);
  }

  /**
   * What comes of a command.
   *
   * @throws TaskRejection where it is not possible
   */
  public Decision decide(TaskCommand command, Instant now) {
    return switch (command) {
      case ChangeTask change -> change(change, now);
      case CompleteTask ignored -> complete(now);
      case DeleteTask ignored -> delete(now);
      case CreateTask ignored -> throw new IllegalArgumentException("There is a task already");
    };
  }

  /** What a due time that is new must be, if it is not: nothing new is due before now. */
  public static Optional<String> faultOfDueTime(Instant dueAt, Instant now) {
    return dueAt.isBefore(now) ? Optional.of("must not be in the past") : Optional.empty();
  }

  /** What a recurrence needs, if it lacks that: what recurs is due a first time. */
  public static Optional<String> faultOfRecurrence(
      @Nullable String recurrence, boolean hasDueTime) {
    return recurrence == null || hasDueTime
        ? Optional.empty()
        : Optional.of("needs due_at, the first time that the task is due");
  }

  private static void refuse(String field, Optional<String> fault) {
    if (fault.isPresent()) {
      throw new UnfitTask(field, fault.get());
    }
  }

  private Decision change(ChangeTask command, Instant now) {
    refuseWhereDeleted();
    TaskUpdated updated =
        new TaskUpdated(
            id,
            Objects.requireNonNullElse(command.title(), title),
            Objects.requireNonNullElse(command.ownerId(), ownerId),
            Objects.requireNonNullElse(command.priority(), priority),
            command.dueAt() == null ? dueAt : command.dueAt().dueAt(),
            command.recurrence() == null ? recurrence : command.recurrence().text(),
            command.timeZone() == null ? timeZone : command.timeZone().text());
    if (updated.equals(TaskUpdated.of(this))) {
      return new Unchanged(this);
    }
    if (status == TaskStatus.COMPLETED) {
      throw new FinishedTask(id);
    }
    Instant due = updated.dueAt();
    refuse("recurrence", faultOfRecurrence(updated.recurrence(), due != null));
    if (due != null && !due.equals(dueAt)) { // what became due stays so when something else changes
      refuse("due_at", faultOfDueTime(due, now));
    }
    return changed(updated, now);
  }

  /** Completing twice is no mistake: the client may not have seen the first answer. */
  private Decision complete(Instant now) {
    refuseWhereDeleted();
    return status == TaskStatus.COMPLETED
        ? new Unchanged(this)
        : changed(TaskCompleted.of(this), now);
  }

  private Decision delete(Instant now) {
    return status == TaskStatus.DELETED ? new Unchanged(this) : changed(TaskDeleted.of(this), now);
  }

  private Changed changed(TaskEvent event, Instant now) {
    return new Changed(after(event, createdAt, now, version + 1), event);
  }

  /** Each event carries the whole task, and its type the status. */
  private static Task after(TaskEvent event, Instant createdAt, Instant updatedAt, long version) {
    return new Task(
        event.taskId(),
        event.title(),
        event.ownerId(),
        event.priority(),
        event.dueAt(),
        event.recurrence(),
        event.timeZone(),
        TaskStatus.after(event),
        createdAt,
        updatedAt,
        version);
  }

  /**
   * The task, for who wants to see it.
   *
   * @throws DeletedTask where it is deleted
   */
  Task visible() {
    refuseWhereDeleted();
    return this;
  }

  private void refuseWhereDeleted() {
    if (status == TaskStatus.DELETED) {
      throw new DeletedTask(id);
    }
  }
}
