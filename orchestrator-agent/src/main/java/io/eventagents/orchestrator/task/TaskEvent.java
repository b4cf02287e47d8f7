package io.eventagents.orchestrator.task;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happened to a task. Each event carries the whole task, so readers need no other source. */
public sealed interface TaskEvent {

  /** The prefix of all their types. */
  String DOMAIN = "task.";

  /** The id of the task. */
  String taskId();

  /** Whether one of these events has this type. */
  static boolean isType(String eventType) {
    return types().contains(eventType);
  }

  /** The types of these events, in the order in which they happen to a task. */
  static List<String> types() {
    return Stream.of(TaskEvent.class.getPermittedSubclasses())
        .map(event -> event.getAnnotation(EventType.class).value())
        .toList();
  }

  /**
   * Makes an event that carries the task and nothing else.
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

  /** Makes an event from the fields that all of them have. */
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

  /** A task was created. */
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

  /** A task was changed. */
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
   * A task was completed.
   *
   * @param createdAt when it was created, so that this event alone tells how long the task took;
   *     always set, but nullable in the schema because older events lack it
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

  /** A task was deleted. */
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
