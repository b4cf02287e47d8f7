package io.eventagents.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Times as the wire has them: ISO 8601 with an offset.
 *
 * <p>Nearly all are in UTC and of one form, {@code 2025-01-15T14:30:22.456Z}. A formatter takes as
 * long for such a time as Jackson for the rest of the event; so these are read and written by
 * position, and the formatter is left with the others.
 */
final class WireTime {

  private static final String FORM = "0000-00-00T00:00:00";
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int LONGEST_FRACTION = 9;

  private WireTime() {}

  /**
   * Reads a time.
   *
   * @throws java.time.DateTimeException where it is none
   */
  static Instant parse(String text) {
    int nanos = nanosOfForm(text);
    if (nanos < 0) {
      return OffsetDateTime.parse(text).toInstant();
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            nanos)
        .toInstant(ZoneOffset.UTC);
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

  /** Writes a time, exactly as {@link Instant#toString()} does. */
  static String format(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    int nanos = local.getNano();
    if (local.getYear() < 0 || local.getYear() > 9999 || nanos % NANOS_PER_MILLI != 0) {
      return time.toString();
    }
    StringBuilder text = new StringBuilder(FORM.length() + 5);
    append(text, local.getYear(), 1000).append('-');
    append(text, local.getMonthValue(), 10).append('-');
    append(text, local.getDayOfMonth(), 10).append('T');
    append(text, local.getHour(), 10).append(':');
    append(text, local.getMinute(), 10).append(':');
    append(text, local.getSecond(), 10);
    if (nanos > 0) {
      append(text.append('.'), nanos / NANOS_PER_MILLI, 100);
    }
    return text.append('Z').toString();
  }

  private static StringBuilder append(StringBuilder text, int number, int place) {
    for (int at = place; at > 0; at /= 10) {
      text.append((char) ('0' + number / at % 10));
    }
    return text;
  }
}
