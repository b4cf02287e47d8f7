package io.eventagents.orchestrator.task;

import io.eventagents.EventTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** Checks whether a text is a rule (RFC 5545, section 3.3.10) that a task can recur by. */
public final class RecurrenceRuleText {

  private static final int LONGEST = 500;
  private static final int MOST = 10_000;

  /** With a much larger interval the library overflows, and searches for seconds. */
  private static final int LARGEST_INTERVAL = 366;

  private static final Set<Freq> REFUSED = EnumSet.of(Freq.SECONDLY, Freq.MINUTELY, Freq.HOURLY);
  private static final DateTime ANY_START = new DateTime(2000, 0, 1, 0, 0, 0);

  private RecurrenceRuleText() {}

  /** What is wrong with the text; empty if a task can recur by it. */
  public static Optional<String> fault(String text) {
    if (text.length() > LONGEST) {
      return Optional.of("must have at most %d characters".formatted(LONGEST));
    }
    RecurrenceRule rule;
    try {
      rule = new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
    } catch (InvalidRecurrenceRuleException | IllegalArgumentException malformed) {
      return Optional.of(
          "must be a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO, without RRULE: before it");
    }
    if (REFUSED.contains(rule.getFreq())) {
      return Optional.of("must have a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY");
    }
    if (rule.hasPart(Part.BYMINUTE) || rule.hasPart(Part.BYSECOND)) {
      return Optional.of(
          "must not have BYMINUTE or BYSECOND: these are the minute and second of due_at");
    }
    if (rule.getCount() != null && rule.getCount() > MOST) {
      return Optional.of("must have a COUNT of at most %d, or none".formatted(MOST));
    }
    if (rule.getInterval() > LARGEST_INTERVAL) {
      return Optional.of("must have an INTERVAL of at most %d".formatted(LARGEST_INTERVAL));
    }
    DateTime until = rule.getUntil();
    if (until != null && (until.isAllDay() || until.isFloating() || !isTime(until))) {
      return Optional.of("must have an UNTIL in UTC, such as 20301231T235959Z");
    }
    rule.setUntil(null);
    return comesAgain(rule)
        ? Optional.empty()
        : Optional.of("must name a time that comes again; this does not, or hardly ever");
  }

  /** The library accepts any digits, and fails only when it computes the time. */
  private static boolean isTime(DateTime until) {
    try {
      return EventTime.isStorable(Instant.ofEpochMilli(until.getTimestamp()));
    } catch (IndexOutOfBoundsException | IllegalArgumentException noSuchDay) {
      return false;
    }
  }

  private static boolean comesAgain(RecurrenceRule rule) {
    try {
      RecurrenceRuleIterator times = rule.iterator(ANY_START);
      times.nextDateTime();
      return times.hasNext();
    } catch (IllegalArgumentException | IllegalStateException foundNone) {
      return false;
    }
  }
}
