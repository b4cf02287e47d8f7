package io.eventagents.orchestrator.task;

import io.eventagents.recurrence.InvalidRecurrence;
import io.eventagents.recurrence.Recurrence;
import io.eventagents.recurrence.Series;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The times of a task that recurs, as the scheduler will plan them. */
final class TaskSeries {

  /** On each day that it is anywhere, it is that day in one of these: the outermost, and UTC. */
  private static final List<ZoneId> EVERY_DAY =
      List.of(ZoneOffset.UTC, ZoneOffset.ofHours(14), ZoneOffset.ofHours(-12));

  private TaskSeries() {}

  /**
   * What is wrong with the rule, if anything: it must name a time after the first.
   *
   * <p>If the zone is not known, that time must be on a later day. Which days a rule names depends
   * on the day of the first time alone, but whether a time of the same day is later depends on what
   * the clocks show.
   *
   * @param timeZone null if the scheduler's settings say whose clocks the rule is read by
   */
  static Optional<String> fault(String recurrence, Instant dueAt, @Nullable String timeZone) {
    try {
      Recurrence rule = Recurrence.of(recurrence);
      ZoneId zone = timeZone == null ? ZoneOffset.UTC : ZoneId.of(timeZone);
      new Series(rule, dueAt, zone).check();
      return timeZone != null
              || EVERY_DAY.stream()
                  .allMatch(other -> new Series(rule, dueAt, other).comesOnALaterDay())
          ? Optional.empty()
          : Optional.of(
              "recurs by the clocks of some time zones only: add time_zone, such as Europe/Berlin");
    } catch (InvalidRecurrence invalid) {
      return Optional.of(invalid.reason());
    }
  }
}
