package io.eventagents.scheduling.reminder;

import io.eventagents.scheduling.recurrence.InvalidRecurrence;
import io.eventagents.scheduling.recurrence.Occurrence;
import io.eventagents.scheduling.recurrence.Recurrence;
import io.eventagents.scheduling.recurrence.Series;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a task is due. Of one that recurs only the next time is known here at a time, so that a rule
 * without end costs no more than another. Times that passed while nobody looked are left out.
 */
final class DueTimes {

  private final ReminderTimes times;

  DueTimes(ReminderTimes times) {
    this.times = times;
  }

  /**
   * The first that has not passed, or where all have, the first.
   *
   * @throws InvalidRecurrence where its rule names no time after that
   */
  ScheduledTask.Due first(ScheduledTask.Description task, Instant now) {
    Series series = series(task);
    if (series == null) {
      return new ScheduledTask.Due(1, task.dueAt());
    }
    Optional<Occurrence> second = series.after(series.first());
    return series.start().isBefore(now) && second.isPresent()
        ? ScheduledTask.Due.of(series.from(series.first(), now).orElse(series.first()))
        : ScheduledTask.Due.of(series.first());
  }

  /** The one after that; empty where the task does not recur, or no more. */
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
