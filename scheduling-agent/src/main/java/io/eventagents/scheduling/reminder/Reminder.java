package io.eventagents.scheduling.reminder;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reminder of a task.
 *
 * @param dueAt when the task is due; for a recurring task, that time of its series
 * @param zone the time zone in which a calendar shows it; null for the zone of the settings
 * @param occurrence the place of that time in the series, from 1
 * @param snoozed whether a client chose its time
 * @param sequence grows with each change that calendar programs must notice
 * @param origin the cause of its {@code reminder.due}
 */
public record Reminder(
    UUID id,
    String taskId,
    String ownerId,
    String title,
    @Nullable Instant dueAt,
    @Nullable ZoneId zone,
    Instant remindAt,
    Status status,
    int occurrence,
    boolean snoozed,
    int sequence,
    Origin origin,
    Instant changedAt) {

  /** The state of a reminder. */
  public enum Status {
    SCHEDULED,
    FIRED,
    CANCELLED
  }

  /** An event in its chain. */
  public record Origin(String correlationId, String eventId) {}

  static Reminder scheduled(
      ScheduledTask.Planned planned, Instant remindAt, Origin origin, Instant now) {
    return new Reminder(
        UUID.randomUUID(),
        planned.taskId(),
        planned.task().ownerId(),
        planned.task().title(),
        planned.due().at(),
        planned.task().zone(),
        remindAt,
        Status.SCHEDULED,
        planned.due().occurrence(),
        false,
        0,
        origin,
        now);
  }

  /** The same reminder at another time; its origin is the event that moved it. */
  Reminder moved(ScheduledTask.Planned planned, Instant remindAt, Origin origin, Instant now) {
    return described(planned, now)
        .changed(remindAt, Status.SCHEDULED, false, sequence + 1, origin, now);
  }

  /** The same reminder of a task whose title, owner or other fields have changed. */
  Reminder described(ScheduledTask.Planned planned, Instant now) {
    return new Reminder(
        id,
        taskId,
        planned.task().ownerId(),
        planned.task().title(),
        planned.due().at(),
        planned.task().zone(),
        remindAt,
        status,
        planned.due().occurrence(),
        snoozed,
        sequence + 1,
        origin,
        now);
  }

  /** The same reminder, once more or later, at a time that a client chose. */
  Reminder snoozed(Instant until, Origin origin, Instant now) {
    return changed(until, Status.SCHEDULED, true, sequence + 1, origin, now);
  }

  Reminder cancelled(Instant now) {
    return changed(remindAt, Status.CANCELLED, snoozed, sequence + 1, origin, now);
  }

  private Reminder changed(
      Instant remindAt,
      Status status,
      boolean snoozed,
      int sequence,
      Origin origin,
      Instant changedAt) {
    return new Reminder(
        id,
        taskId,
        ownerId,
        title,
        dueAt,
        zone,
        remindAt,
        status,
        occurrence,
        snoozed,
        sequence,
        origin,
        changedAt);
  }
}
