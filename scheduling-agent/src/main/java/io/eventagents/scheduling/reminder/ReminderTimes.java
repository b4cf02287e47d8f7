package io.eventagents.scheduling.reminder;

import io.eventagents.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the times of reminders.
 *
 * @param leads how long before a task is due
 * @param defaultDelay how long after its event, if a task has no due time
 * @param zone of tasks without a time zone
 * @param workingHours null if any time is fine
 */
public record ReminderTimes(
    LeadTimes leads, Duration defaultDelay, ZoneId zone, @Nullable WorkingHours workingHours) {

  /**
   * The times of reminders that are set now, in order. Times that have passed are left out; if none
   * remains, there is one reminder at once. There is none if the priority has no reminders.
   *
   * <p>For a task without a due time the delay runs from now, not from its creation, so that old
   * events that are read for the first time do not remind anybody at once.
   */
  List<Instant> remindAt(ScheduledTask.Description task, @Nullable Instant dueAt, Instant now) {
    if (leads.of(task.priority()).isEmpty()) {
      return List.of();
    }
    List<Instant> times = ahead(task, dueAt, now);
    return times.isEmpty() ? List.of(fit(task, exact(now), now)) : times;
  }

  /** Only the times that are still to come. */
  List<Instant> ahead(ScheduledTask.Description task, @Nullable Instant dueAt, Instant now) {
    List<Duration> before = leads.of(task.priority());
    if (before.isEmpty()) {
      return List.of();
    }
    if (dueAt == null) {
      return List.of(fit(task, exact(now.plus(defaultDelay)), now));
    }
    return before.stream()
        .map(lead -> exact(dueAt.minus(lead)))
        .filter(time -> time.isAfter(now))
        .map(time -> fit(task, time, now))
        .sorted()
        .distinct()
        .toList();
  }

  /** The zone of the task. */
  ZoneId zoneOf(ScheduledTask.Description task) {
    return task.zone() == null ? zone : task.zone();
  }

  private Instant fit(ScheduledTask.Description task, Instant time, Instant now) {
    if (workingHours == null) {
      return time;
    }
    Instant working = workingHours.fit(time, now, zoneOf(task));
    return EventTime.isStorable(working) ? working : time; // the year must not have five digits
  }

  private static Instant exact(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
