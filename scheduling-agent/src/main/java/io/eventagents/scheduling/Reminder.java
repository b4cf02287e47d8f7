package io.eventagents.scheduling;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reminder of a task.
 *
 * @param sequence grows with each change that a calendar program is to notice
 * @param origin what {@code reminder.due} is caused by
 */
record Reminder(
    UUID id,
    String taskId,
    String ownerId,
    String title,
    @Nullable Instant dueAt,
    Instant remindAt,
    Status status,
    int sequence,
    Origin origin,
    Instant changedAt) {

  /** Where a reminder stands. */
  enum Status {
    SCHEDULED,
    FIRED,
    CANCELLED
  }

  /** An event in its chain. */
  record Origin(String correlationId, String eventId) {}

  static Reminder scheduled(
      String taskId, Task.Description task, Instant remindAt, Origin origin, Instant now) {
    return new Reminder(
        UUID.randomUUID(),
        taskId,
        task.ownerId(),
        task.title(),
        task.dueAt(),
        remindAt,
        Status.SCHEDULED,
        0,
        origin,
        now);
  }

  /** The same at another time, caused by the event that moved it. */
  Reminder moved(Task.Description task, Instant remindAt, Origin origin, Instant now) {
    return changed(task, remindAt, Status.SCHEDULED, sequence + 1, origin, now);
  }

  /** The same with another text or owner. */
  Reminder described(Task.Description task, Instant now) {
    return changed(task, remindAt, status, sequence + 1, origin, now);
  }

  Reminder cancelled(Instant now) {
    return changed(description(), remindAt, Status.CANCELLED, sequence + 1, origin, now);
  }

  /** Nothing that a calendar shows changes. */
  Reminder fired() {
    return changed(description(), remindAt, Status.FIRED, sequence, origin, changedAt);
  }

  private Task.Description description() {
    return new Task.Description(ownerId, title, dueAt);
  }

  private Reminder changed(
      Task.Description task,
      Instant remindAt,
      Status status,
      int sequence,
      Origin origin,
      Instant now) {
    return new Reminder(
        id,
        taskId,
        task.ownerId(),
        task.title(),
        task.dueAt(),
        remindAt,
        status,
        sequence,
        origin,
        now);
  }
}
