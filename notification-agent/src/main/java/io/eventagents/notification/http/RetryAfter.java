package io.eventagents.notification.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header (RFC 9110, section 10.2.3), with seconds or a date. */
public final class RetryAfter {

  /** A wrong header must not stop a channel for years. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /** How long to wait, at most an hour; null if the header is absent or malformed. */
  public static @Nullable Duration parse(@Nullable String header, Clock clock) {
    if (header == null) {
      return null;
    }
    String value = header.strip();
    try {
      return value.matches("[0-9]{1,18}")
          ? within(Duration.ofSeconds(Long.parseLong(value)))
          : within(
              Duration.between(
                  clock.instant(),
                  DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from)));
    } catch (DateTimeException malformed) {
      return null;
    }
  }

  private static Duration within(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
