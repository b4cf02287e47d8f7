package io.eventagents.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes times as the wire has them: in UTC, {@code 2025-01-15T14:30:22.456Z}. By position, since a
 * formatter takes as long for a time as Jackson for the rest of the event. They are read by {@link
 * io.eventagents.EventTime}.
 */
final class WireTime {

  private static final int LONGEST = "2025-01-15T14:30:22.456Z".length();
  private static final int NANOS_PER_MILLI = 1_000_000;

  private WireTime() {}

  /** Writes a time, exactly as {@link Instant#toString()} does. */
  static String format(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    int nanos = local.getNano();
    if (local.getYear() < 0 || local.getYear() > 9999 || nanos % NANOS_PER_MILLI != 0) {
      return time.toString();
    }
    StringBuilder text = new StringBuilder(LONGEST);
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
