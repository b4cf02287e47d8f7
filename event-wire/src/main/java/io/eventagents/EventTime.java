package io.eventagents;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code occurred_at} of events, as agents and the audit do.
 *
 * <pre>{@code
 * Instant at = EventTime.read("2025-01-15 15:30:22,456+01");   // 2025-01-15T14:30:22.456Z
 * }</pre>
 *
 * <p>Generous in form: RFC 3339 and the common forms of ISO 8601. A date with or without hyphens;
 * {@code T}, {@code t} or a space; a time with or without colons, its seconds may be missing; a
 * fraction behind a point or a comma, of which nine digits count; an offset that is {@code Z},
 * {@code z}, {@code +01}, {@code +0100}, {@code +01:00} or {@code +01:00:00}, also behind a space.
 * {@code 24:00:00} is midnight at the end of the day, and the leap second {@code 23:59:60Z} the
 * second before it, as for {@link Instant}.
 *
 * <p>Strict in sense: a day that no calendar has, a time without an offset, and one outside the
 * years 1 to 9999, which neither RFC 3339 nor a {@code timestamptz} of PostgreSQL can be relied on
 * to hold, are not read.
 */
public final class EventTime {

  /** The earliest time that is read. */
  public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  /** The latest: PostgreSQL has microseconds, and would round what is later into the next year. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private static final String FORM = "0000-00-00T00:00:00";
  private static final int LONGEST_FRACTION = 9;
  private static final int SECONDS_OF_DAY = 24 * 60 * 60;

  private EventTime() {}

  /**
   * Reads a time.
   *
   * @return null if it is none
   */
  public static @Nullable Instant read(String text) {
    // Nearly all are in UTC and of one form, 2025-01-15T14:30:22.456Z. A formatter takes as long
    // for
    // such a time as Jackson for the rest of the event; so these are read by position.
    int nanos = nanosOfForm(text);
    if (nanos >= 0) {
      try {
        return storable(
            LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19),
                    nanos)
                .toInstant(ZoneOffset.UTC));
      } catch (DateTimeException unusual) {
        // The end of a day or a leap second, or no time at all.
        return new Reading(text).time();
      }
    }
    return new Reading(text).time();
  }

  /**
   * The timestamp of a record, which stands in for a missing time: the latest that there is where
   * it is later.
   *
   * @param timestamp in milliseconds since 1970
   * @return null if the record has none: it is negative
   */
  public static @Nullable Instant ofTimestamp(long timestamp) {
    if (timestamp < 0) {
      return null;
    }
    return bounded(Instant.ofEpochMilli(timestamp));
  }

  /** The time itself, or the nearest one in the years 1 to 9999. */
  public static Instant bounded(Instant time) {
    if (time.isAfter(LATEST)) {
      return LATEST;
    }
    return time.isBefore(EARLIEST) ? EARLIEST : time;
  }

  /** Whether a time is in the years 1 to 9999, so that every part of the system can hold it. */
  public static boolean isStorable(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }

  private static @Nullable Instant storable(Instant time) {
    if (isStorable(time)) {
      return time;
    }
    // The last microsecond of all has fractions too.
    return time.getEpochSecond() == LATEST.getEpochSecond() ? LATEST : null;
  }

  /** The fraction of the second; negative where the text is not of the usual form. */
  private static int nanosOfForm(String text) {
    int length = text.length();
    if (length <= FORM.length() || text.charAt(length - 1) != 'Z') {
      return -1;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char at = text.charAt(i);
      char due = FORM.charAt(i);
      if (due == '0' ? !isDigit(at) : at != due) {
        return -1;
      }
    }
    int digits = length - FORM.length() - 2;
    if (digits < 0) {
      return 0;
    }
    if (text.charAt(FORM.length()) != '.' || digits == 0 || digits > LONGEST_FRACTION) {
      return -1;
    }
    int nanos = 0;
    for (int i = 0; i < LONGEST_FRACTION; i++) {
      char at = i < digits ? text.charAt(FORM.length() + 1 + i) : '0';
      if (!isDigit(at)) {
        return -1;
      }
      nanos = nanos * 10 + at - '0';
    }
    return nanos;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  /** Reads a text from left to right; what does not fit makes the rest of no account. */
  private static final class Reading {

    private final String text;
    private int at;
    private boolean fits = true;

    Reading(String text) {
      this.text = text;
    }

    @Nullable Instant time() {
      int year = digits(4);
      boolean hyphens = skip('-');
      int month = digits(2);
      require(hyphens == skip('-'));
      int day = digits(2);
      require(skip('T') || skip('t') || skip(' '));
      int hour = digits(2);
      boolean colons = skip(':');
      int minute = digits(2);
      boolean hasSeconds = colons ? skip(':') : isDigitNext();
      int second = hasSeconds ? digits(2) : 0;
      int nanos = hasSeconds && (skip('.') || skip(',')) ? fraction() : 0;
      int offset = offset();
      if (!fits || at < text.length() || !isDay(year, month, day)) {
        return null;
      }
      return of(LocalDate.of(year, month, day), hour, minute, second, nanos, offset);
    }

    private static @Nullable Instant of(
        LocalDate day, int hour, int minute, int second, int nanos, int offset) {
      boolean endOfDay = hour == 24 && minute == 0 && second == 0 && nanos == 0;
      if ((hour > 23 && !endOfDay) || minute > 59 || second > 60) {
        return null;
      }
      long minuteInUtc = day.toEpochDay() * SECONDS_OF_DAY + hour * 3600L + minute * 60L - offset;
      if (second == 60) {
        // A leap second is the last of a day in UTC. No clock here knows it: it is the one before.
        return Math.floorMod(minuteInUtc, SECONDS_OF_DAY) == SECONDS_OF_DAY - 60
            ? storable(Instant.ofEpochSecond(minuteInUtc + 59, nanos))
            : null;
      }
      return storable(Instant.ofEpochSecond(minuteInUtc + second, nanos));
    }

    private static boolean isDay(int year, int month, int day) {
      return month >= 1
          && month <= 12
          && day >= 1
          && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    /** What the local time is ahead of UTC, in seconds. */
    private int offset() {
      skip(' ');
      if (skip('Z') || skip('z')) {
        return 0;
      }
      boolean isBehind = skip('-');
      require(isBehind || skip('+'));
      int hours = digits(2);
      boolean colons = skip(':');
      int minutes = colons || isDigitNext() ? digits(2) : 0;
      int seconds = (colons ? skip(':') : isDigitNext()) ? digits(2) : 0;
      require(hours < 24 && minutes < 60 && seconds < 60);
      int offset = hours * 3600 + minutes * 60 + seconds;
      return isBehind ? -offset : offset;
    }

    private int fraction() {
      require(isDigitNext());
      int nanos = 0;
      int digits = 0;
      for (; fits && isDigitNext(); at++) {
        if (digits < LONGEST_FRACTION) {
          nanos = nanos * 10 + text.charAt(at) - '0';
          digits++;
        }
      }
      for (; digits < LONGEST_FRACTION; digits++) {
        nanos *= 10;
      }
      return nanos;
    }

    private int digits(int count) {
      int number = 0;
      for (int i = 0; i < count; i++) {
        require(isDigitNext());
        if (!fits) {
          return 0;
        }
        number = number * 10 + text.charAt(at++) - '0';
      }
      return number;
    }

    private boolean isDigitNext() {
      return at < text.length() && isDigit(text.charAt(at));
    }

    private boolean skip(char expected) {
      if (fits && at < text.length() && text.charAt(at) == expected) {
        at++;
        return true;
      }
      return false;
    }

    private void require(boolean condition) {
      fits &= condition;
    }
  }
}
