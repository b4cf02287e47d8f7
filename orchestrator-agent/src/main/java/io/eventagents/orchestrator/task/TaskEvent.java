package io.eventagents.orchestrator.task;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened to a task. Each carries the whole task, so that a reader needs no other source. */
public sealed interface TaskEvent {

  /** What all their types begin with. */
  String DOMAIN = "task.";

  /** The task it happened to. */
  String taskId();

  /** Whether this is the type of one of these events. */
  static boolean isType(String eventType) {
    return types().contains(eventType);
  }

  /** The types of these events, in the order of a task's life. */
  static List<String> types() {
    return Stream.of(TaskEvent.class.getPermittedSubclasses())
        .map(event -> event.getAnnotation(EventType.class).value())
        .toList();
  }

  /**
   * An event that carries the task and nothing else.
   *
   * @param type the constructor of its record
   */
  static <E extends TaskEvent> E of(Task task, OfTask<E> type) {
    return type.create(
        task.id(),
        task.title(),
        task.ownerId(),
        task.priority(),
        task.dueAt(),
        task.recurrence(),
        task.timeZone());
  }

  /** Makes an event of what all of them carry. */
  @FunctionalInterface
  interface OfTask<E extends TaskEvent> {
    E create(
        String taskId,
        String title,
        String ownerId,
        int priority,
        @Nullable Instant dueAt,
        @Nullable String recurrence,
        @Nullable String timeZone);
  }

  /** There is a new task. */
  @EventType("task.created")
  record TaskCreated(
      @EntityKey String taskId,
      String title,
      @Personal String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone)
      implements TaskEvent {}

  /** Something of a task is different now. */
  @EventType("task.updated")
  record TaskUpdated(
      @EntityKey String taskId,
      String title,
      @Personal String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone)
      implements TaskEvent {}

  /**
   * A task is done.
   *
   * @param createdAt when it was created, so that how long it took can be told from this event
   *     alone; always there, but not promised, since events of before are without it
   */
  @EventType("task.completed")
  record TaskCompleted(
      @EntityKey String taskId,
      String title,
      @Personal String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone,
      @Nullable Instant createdAt)
      implements TaskEvent {

    static TaskCompleted of(Task task) {
      return new TaskCompleted(
          task.id(),
          task.title(),
          task.ownerId(),
          task.priority(),
          task.dueAt(),
          task.recurrence(),
          task.timeZone(),
          task.createdAt());
    }
  }

  /** A task is no longer wanted. */
  @EventType("task.deleted")
  record TaskDeleted(
      @EntityKey String taskId,
      String title,
      @Personal String ownerId,
      int priority,
      @Nullable Instant dueAt,
      @Nullable String recurrence,
      @Nullable String timeZone)
      implements TaskEvent {}
}
