package io.eventagents.orchestrator;

import io.eventagents.orchestrator.Decision.Changed;
import io.eventagents.orchestrator.Decision.Unchanged;
import io.eventagents.orchestrator.TaskCommand.ChangeTask;
import io.eventagents.orchestrator.TaskCommand.CompleteTask;
import io.eventagents.orchestrator.TaskCommand.CreateTask;
import io.eventagents.orchestrator.TaskCommand.DeleteTask;
import io.eventagents.orchestrator.TaskEvent.TaskCompleted;
import io.eventagents.orchestrator.TaskEvent.TaskCreated;
import io.eventagents.orchestrator.TaskEvent.TaskDeleted;
import io.eventagents.orchestrator.TaskEvent.TaskUpdated;
import io.eventagents.orchestrator.TaskRejection.DeletedTask;
import io.eventagents.orchestrator.TaskRejection.FinishedTask;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A piece of work that somebody owns, and the rules of what may happen to it. */
record Task(
    String id,
    String title,
    String ownerId,
    int priority,
    @Nullable Instant dueAt,
    @Nullable String recurrence,
    @Nullable String timeZone,
    TaskStatus status,
    Instant createdAt,
    Instant updatedAt) {

  static Changed create(CreateTask command, Instant now) {
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
            now);
    return new Changed(task, TaskCreated.of(task));
  }

  /**
   * What comes of a command.
   *
   * @throws TaskRejection where it is not possible
   */
  Decision decide(TaskCommand command, Instant now) {
    return switch (command) {
      case ChangeTask change -> change(change, now);
      case CompleteTask ignored -> complete(now);
      case DeleteTask ignored -> delete(now);
      case CreateTask ignored -> throw new IllegalArgumentException("There is a task already");
    };
  }

  private Decision change(ChangeTask command, Instant now) {
    refuseWhereDeleted();
    Task changed =
        new Task(
            id,
            Objects.requireNonNullElse(command.title(), title),
            Objects.requireNonNullElse(command.ownerId(), ownerId),
            Objects.requireNonNullElse(command.priority(), priority),
            command.dueAt() == null ? dueAt : command.dueAt().dueAt(),
            command.recurrence() == null ? recurrence : command.recurrence().text(),
            command.timeZone() == null ? timeZone : command.timeZone().text(),
            status,
            createdAt,
            updatedAt);
    if (changed.equals(this)) {
      return new Unchanged(this);
    }
    if (status == TaskStatus.COMPLETED) {
      throw new FinishedTask(id);
    }
    Instant due = changed.dueAt();
    TaskInput.refuseRecurrenceWithoutStart(changed.recurrence(), due);
    if (due != null && !due.equals(dueAt)) { // what became due stays so when something else changes
      TaskInput.refusePast(due, now);
    }
    Task stamped = changed.as(status, now);
    return new Changed(stamped, TaskUpdated.of(stamped));
  }

  /** Completing twice is no mistake: the client may not have seen the first answer. */
  private Decision complete(Instant now) {
    refuseWhereDeleted();
    if (status == TaskStatus.COMPLETED) {
      return new Unchanged(this);
    }
    Task completed = as(TaskStatus.COMPLETED, now);
    return new Changed(completed, TaskCompleted.of(completed));
  }

  private Decision delete(Instant now) {
    if (status == TaskStatus.DELETED) {
      return new Unchanged(this);
    }
    Task deleted = as(TaskStatus.DELETED, now);
    return new Changed(deleted, TaskDeleted.of(deleted));
  }

  private Task as(TaskStatus status, Instant now) {
    return new Task(
        id, title, ownerId, priority, dueAt, recurrence, timeZone, status, createdAt, now);
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
