package io.eventagents.scheduling.reminder;

import io.eventagents.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When to remind.
 *
 * @param leads how long before a task is due
 * @param defaultDelay how long after its event, where it is due at no time
 * @param zone of tasks that name none
 * @param workingHours null where every time is as good
 */
public record ReminderTimes(
    LeadTimes leads, Duration defaultDelay, ZoneId zone, @Nullable WorkingHours workingHours) {

  /**
   * The times of the reminders that are made now, the first first. Those that have passed are left
   * out; where none remains it is one, at once. None where the priority has no reminders.
   *
   * <p>A task without a due time counts from now, not from its creation, so that events of long
   * ago, read for the first time, remind nobody at once.
   */
  List<Instant> remindAt(ScheduledTask.Description task, @Nullable Instant dueAt, Instant now) {
    if (leads.of(task.priority()).isEmpty()) {
      return List.of();
    }
    List<Instant> times = ahead(task, dueAt, now);
    return times.isEmpty() ? List.of(fit(task, exact(now), now)) : times;
  }

  /** Of those, only the ones that are still to come. */
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
    return EventTime.isStorable(working) ? working : time; // no year has five digits
  }

  private static Instant exact(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
