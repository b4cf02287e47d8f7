package io.eventagents.scheduling.recurrence;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence rule (RFC 5545, section 3.3.10), such as {@code FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10}.
 *
 * <p>A rule may be endless. It must not recur by the second, minute or hour; for several times a
 * day, use {@code FREQ=DAILY;BYHOUR=8,12,16}.
 */
public final class Recurrence {

  static final int ENDLESS = Integer.MAX_VALUE;

  private static final int LONGEST = 500;
  private static final int MOST = 10_000;

  /** With a much larger interval the library overflows, and searches for seconds. */
  private static final int LARGEST_INTERVAL = 366;

  private static final Set<Freq> REFUSED = EnumSet.of(Freq.SECONDLY, Freq.MINUTELY, Freq.HOURLY);

  private final String text;

  /** Without {@code COUNT} and {@code UNTIL}, which this package counts and compares itself. */
  private final RecurrenceRule endless;

  private final int count;
  private final @Nullable Instant until;

  private Recurrence(String text, RecurrenceRule endless, int count, @Nullable Instant until) {
    this.text = text;
    this.endless = endless;
    this.count = count;
    this.until = until;
  }

  /**
   * Reads a rule.
   *
   * @param text the value of an {@code RRULE} property, without its name
   * @throws InvalidRecurrence if a task cannot recur by it
   */
  public static Recurrence of(String text) {
    if (text.length() > LONGEST) {
      throw new InvalidRecurrence("must have at most %d characters".formatted(LONGEST));
    }
    RecurrenceRule rule = parse(text);
    if (REFUSED.contains(rule.getFreq())) {
      throw new InvalidRecurrence(
          "must not recur %s: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY".formatted(rule.getFreq()));
    }
    if (rule.hasPart(Part.BYMINUTE) || rule.hasPart(Part.BYSECOND)) {
      throw new InvalidRecurrence(
          "must not have BYMINUTE or BYSECOND: these are the minute and second of due_at");
    }
    Integer count = rule.getCount();
    if (count != null && count > MOST) {
      throw new InvalidRecurrence("must have a COUNT of at most %d, or none".formatted(MOST));
    }
    if (rule.getInterval() > LARGEST_INTERVAL) {
      throw new InvalidRecurrence(
          "must have an INTERVAL of at most %d".formatted(LARGEST_INTERVAL));
    }
    DateTime until = rule.getUntil();
    if (until != null && (until.isAllDay() || until.isFloating())) {
      throw new InvalidRecurrence(
          "must have an UNTIL in UTC, such as 20301231T235959Z, since the task is due at a time");
    }
    Instant end = until == null ? null : time(until);
    rule.setUntil(null);
    return new Recurrence(text, rule, count == null ? ENDLESS : count, end);
  }

  /** The library accepts any digits, and fails only when it computes the time. */
  private static Instant time(DateTime until) {
    try {
      return Instant.ofEpochMilli(until.getTimestamp());
    } catch (IndexOutOfBoundsException | IllegalArgumentException noSuchDay) {
      throw new InvalidRecurrence("must have an UNTIL that is a day of the calendar");
    }
  }

  private static RecurrenceRule parse(String text) {
    try {
      return new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
    } catch (InvalidRecurrenceRuleException | IllegalArgumentException e) {
      throw new InvalidRecurrence(
          "must be a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO, without RRULE: before it ("
              + e.getMessage()
              + ")");
    }
  }

  /** A new copy of the rule, because the library's iterators are not thread-safe. */
  RecurrenceRule endless() {
    return parse(endless.toString());
  }

  /** How many times there are; {@link #ENDLESS} if the rule does not say. */
  int count() {
    return count;
  }

  /** Whether the rule ends before this time. */
  boolean endsBefore(Instant time) {
    return until != null && time.isAfter(until);
  }

  @Override
  public String toString() {
    return text;
  }
}
