package io.eventagents.recurrence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The times of a task that recurs: the first, and from there on those of the rule, at the same time
 * of day by the clocks of its zone. Immutable.
 *
 * <p>If the clocks change, a time that does not exist is as much later as they are set forward
 * (02:30 becomes 03:30), and of a time that exists twice it is the first: the rule of RFC 5545,
 * section 3.3.5, and of {@link ZonedDateTime}. Section 3.3.10 would leave the first of the two out,
 * but no reminder at all is worse than one an hour late by the clock.
 *
 * @param rule the rule
 * @param start the first of the series, and counted as such, whether or not the rule names it
 * @param zone whose clocks the rule is read by
 */
public record Series(Recurrence rule, Instant start, ZoneId zone) {

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  // A time that a change of the clocks moved stands elsewhere among the rule's own times.
  private static final Duration LARGEST_CHANGE = Duration.ofDays(2);

  /**
   * Checks that the rule names a time after the start. Where it ends is not looked at: a series may
   * consist of its first time alone.
   *
   * @throws InvalidRecurrence if it names none, such as 30 February
   */
  public void check() {
    if (!comesAfter(start)) {
      throw new InvalidRecurrence(
          "must name a time that comes again; %s names none after %s: change the rule or the first time"
              .formatted(rule, start));
    }
  }

  /**
   * Whether the rule names a time on a later day than the start, by the clocks of the zone. Where
   * it ends is not looked at.
   */
  public boolean comesOnALaterDay() {
    Instant nextDay = local(start).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    return comesAfter(nextDay.minusNanos(1));
  }

  private boolean comesAfter(Instant time) {
    SeriesTimes times = timesFrom(time);
    while (times.hasNext()) {
      if (times.next().isAfter(time)) {
        return true;
      }
    }
    return false;
  }

  /** The first. */
  public Occurrence first() {
    return new Occurrence(1, start);
  }

  /**
   * The one after this; empty if the series is over.
   *
   * @throws InvalidRecurrence if the rule names no time after the start
   */
  public Optional<Occurrence> after(Occurrence current) {
    return from(current, current.at().plusNanos(1));
  }

  /**
   * The first after this one that is not before a time; empty if the series is over by then. Those
   * between are counted.
   *
   * @throws InvalidRecurrence if the rule names no time after the start
   */
  public Optional<Occurrence> from(Occurrence current, Instant time) {
    boolean isCounted = rule.count().isPresent();
    // Those that need not be counted are not looked at.
    SeriesTimes times = timesFrom(isCounted || time.isBefore(current.at()) ? current.at() : time);
    int number = current.number();
    Instant last = current.at();
    while (times.hasNext()) {
      Instant next = times.next();
      if (!next.isAfter(last)) {
        continue;
      }
      number++;
      last = next;
      if (number > rule.count().orElse(Integer.MAX_VALUE)
          || rule.endsBefore(next)
          || next.isAfter(LAST)) {
        return Optional.empty();
      }
      if (!next.isBefore(time)) {
        return Optional.of(new Occurrence(number, next));
      }
    }
    check();
    return Optional.empty();
  }

  private SeriesTimes timesFrom(Instant time) {
    RuleTimes times = rule.times(local(start).truncatedTo(ChronoUnit.SECONDS));
    times.skipTo(local(time.minus(LARGEST_CHANGE)));
    return new SeriesTimes(times, start.getNano(), zone);
  }

  private LocalDateTime local(Instant time) {
    return time.atZone(zone).toLocalDateTime();
  }
}
