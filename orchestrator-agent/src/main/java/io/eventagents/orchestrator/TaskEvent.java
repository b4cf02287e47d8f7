package io.eventagents.orchestrator;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a task. Each carries the whole task, so that a reader needs no other source. */
sealed interface TaskEvent {

  /** The task it happened to. */
  String taskId();

  /** There is a new task. */
  @EventType("task.created")
  record TaskCreated(
      @EntityKey String taskId,
      String title,
      String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone)
      implements TaskEvent {

    static TaskCreated of(Task task) {
      return new TaskCreated(
          task.id(),
          task.title(),
          task.ownerId(),
          task.priority(),
          task.dueAt(),
          task.recurrence(),
          task.timeZone());
    }
  }

  /** Something of a task is different now. */
  @EventType("task.updated")
  record TaskUpdated(
      @EntityKey String taskId,
      String title,
      String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone)
      implements TaskEvent {

    static TaskUpdated of(Task task) {
      return new TaskUpdated(
          task.id(),
          task.title(),
          task.ownerId(),
          task.priority(),
          task.dueAt(),
          task.recurrence(),
          task.timeZone());
    }
  }

  /** A task is done. */
  @EventType("task.completed")
  record TaskCompleted(
      @EntityKey String taskId,
      String title,
      String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone)
      implements TaskEvent {

    static TaskCompleted of(Task task) {
      return new TaskCompleted(
          task.id(),
          task.title(),
          task.ownerId(),
          task.priority(),
          task.dueAt(),
          task.recurrence(),
          task.timeZone());
    }
  }

  /** A task is no longer wanted. */
  @EventType("task.deleted")
  record TaskDeleted(
      @EntityKey String taskId,
      String title,
      String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone)
      implements TaskEvent {

    static TaskDeleted of(Task task) {
      return new TaskDeleted(
          task.id(),
          task.title(),
          task.ownerId(),
          task.priority(),
          task.dueAt(),
          task.recurrence(),
          task.timeZone());
    }
  }
}
