package io.eventagents.scheduling.recurrence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * The times of a recurring task: the first, then those of the rule, at the same local time of day.
 *
 * <p>When the clocks change, a local time that does not exist moves forward with them (02:30
 * becomes 03:30), and a time that exists twice means the first: the rule of RFC 5545, section
 * 3.3.5, and of {@link ZonedDateTime}. Section 3.3.10 would leave out a time that does not exist,
 * but no reminder is worse than one that is an hour late by the clock.
 *
 * @param rule the rule
 * @param start the first time; it counts as the first even if the rule does not name it
 * @param zone the time zone of the rule
 */
public record Series(Recurrence rule, Instant start, ZoneId zone) {

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  // A time that a change of the clocks has moved is elsewhere among the rule's own times.
  private static final Duration LARGEST_CHANGE = Duration.ofDays(2);

  /** The first time. */
  public Occurrence first() {
    return new Occurrence(1, start);
  }

  /**
   * The next time; empty if the series is over.
   *
   * @throws InvalidRecurrence if the library finds no time for the rule
   */
  public Optional<Occurrence> after(Occurrence current) {
    return from(current, current.at().plusNanos(1));
  }

  /**
   * The first occurrence after this one that is not before a time; empty if the series is over by
   * then. The ones in between count.
   *
   * @throws InvalidRecurrence if the library finds no time for the rule
   */
  public Optional<Occurrence> from(Occurrence current, Instant time) {
    try {
      return search(current, time);
    } catch (IllegalArgumentException | IllegalStateException e) { // the library found none
      throw new InvalidRecurrence(
          "must name a time that comes again; %s does not, or hardly ever".formatted(rule));
    }
  }

  private Optional<Occurrence> search(Occurrence current, Instant time) {
    boolean isCounted = rule.count() < Recurrence.ENDLESS;
    RecurrenceRuleIterator times =
        rule.endless().iterator(floating(local(start).truncatedTo(ChronoUnit.SECONDS)));
    // Skip times that need not be counted.
    Instant near = isCounted || time.isBefore(current.at()) ? current.at() : time;
    Instant to = near.minus(LARGEST_CHANGE);
    if (to.isAfter(start)) {
      times.fastForward(floating(local(to)));
    }
    int number = current.number();
    Instant last = current.at();
    while (times.hasNext()) {
      Instant next = instant(times.nextDateTime());
      if (!next.isAfter(last)) {
        continue;
      }
      number++;
      last = next;
      if (number > rule.count() || rule.endsBefore(next) || next.isAfter(LAST)) {
        return Optional.empty();
      }
      if (!next.isBefore(time)) {
        return Optional.of(new Occurrence(number, next));
      }
    }
    return Optional.empty();
  }

  private LocalDateTime local(Instant time) {
    return time.atZone(zone).toLocalDateTime();
  }

  private static DateTime floating(LocalDateTime time) {
    return new DateTime(
        time.getYear(),
        time.getMonthValue() - 1,
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  private Instant instant(DateTime time) {
    return ZonedDateTime.of(
            time.getYear(),
            time.getMonth() + 1,
            time.getDayOfMonth(),
            time.getHours(),
            time.getMinutes(),
            time.getSeconds(),
            local(start).get(ChronoField.NANO_OF_SECOND),
            zone)
        .toInstant();
  }
}
