package io.eventagents.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.OptionalInt;

/**
 * A recurrence rule (RFC 5545, section 3.3.10), such as {@code FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10}.
 * Immutable.
 *
 * <pre>{@code
 * Recurrence rule = Recurrence.of("FREQ=MONTHLY;BYDAY=-1FR");
 * new Series(rule, dueAt, ZoneId.of("Europe/Berlin")).after(occurrence);
 * }</pre>
 *
 * <p>A rule may be without end. It may not recur by the second, minute or hour: several times a day
 * are {@code FREQ=DAILY;BYHOUR=8,12,16}. Other calendars than the Gregorian one (RFC 7529) are not
 * taken.
 */
public final class Recurrence {

  private static final int LONGEST = 500;

  private final String text;
  private final RuleParts parts;

  private Recurrence(String text, RuleParts parts) {
    this.text = text;
    this.parts = parts;
  }

  /**
   * The rule that the text says.
   *
   * @param text the value of an {@code RRULE} property, without its name
   * @throws InvalidRecurrence if it is no rule that a task can recur by
   */
  public static Recurrence of(String text) {
    if (text.length() > LONGEST) {
      throw new InvalidRecurrence("must have at most %d characters".formatted(LONGEST));
    }
    return new Recurrence(text, RuleParser.parse(text));
  }

  /**
   * The times that it names by the clock on the wall, without regard to how many, or until when.
   */
  RuleTimes times(LocalDateTime start) {
    return new RuleTimes(parts, start);
  }

  /** How many times the series has; empty if the rule does not say. */
  OptionalInt count() {
    return parts.count() == null ? OptionalInt.empty() : OptionalInt.of(parts.count());
  }

  /** Whether it is over before this. */
  boolean endsBefore(Instant time) {
    return parts.until() != null && time.isAfter(parts.until());
  }

  /** The text that it was made of. */
  @Override
  public String toString() {
    return text;
  }
}
