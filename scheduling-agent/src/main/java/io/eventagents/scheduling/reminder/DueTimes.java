package io.eventagents.scheduling.reminder;

import io.eventagents.recurrence.InvalidRecurrence;
import io.eventagents.recurrence.Occurrence;
import io.eventagents.recurrence.Recurrence;
import io.eventagents.recurrence.Series;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes when a task is due. For a recurring task it computes one time after another, so that an
 * endless rule costs no more than any other. It skips times that passed in the meantime.
 */
final class DueTimes {

  private final ReminderTimes times;

  DueTimes(ReminderTimes times) {
    this.times = times;
  }

  /**
   * The first time that has not passed; the very first if all have.
   *
   * @throws InvalidRecurrence if the rule names no later time
   */
  ScheduledTask.Due first(ScheduledTask.Description task, Instant now) {
    Series series = series(task);
    if (series == null) {
      return new ScheduledTask.Due(1, task.dueAt());
    }
    series.check();
    return ScheduledTask.Due.of(
        series.start().isBefore(now)
            ? series.from(series.first(), now).orElse(series.first())
            : series.first());
  }

  /**
   * The next time; empty if the task does not recur, or its series is over.
   *
   * @throws InvalidRecurrence if the task's rule is no longer taken
   */
  Optional<ScheduledTask.Due> next(
      ScheduledTask.Description task, ScheduledTask.Due current, Instant now) {
    Series series = series(task);
    Instant at = current.at();
    if (series == null || at == null) {
      return Optional.empty();
    }
    Instant earliest = now.isAfter(at) ? now : at;
    return series
        .from(new Occurrence(current.occurrence(), at), earliest)
        .map(ScheduledTask.Due::of);
  }

  private @Nullable Series series(ScheduledTask.Description task) {
    return task.recurrence() == null || task.dueAt() == null
        ? null
        : new Series(Recurrence.of(task.recurrence()), task.dueAt(), times.zoneOf(task));
  }
}
