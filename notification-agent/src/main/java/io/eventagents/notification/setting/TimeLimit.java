package io.eventagents.notification.setting;

import java.time.Duration;

/** A time that a setting limits. */
public final class TimeLimit {

  private TimeLimit() {}

  /**
   * Checks it.
   *
   * @param setting its name
   * @throws IllegalArgumentException where it is less than a millisecond, which some clients take
   *     for no limit
   */
  public static void check(String setting, Duration value) {
    if (value.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "%s is %s; it must be at least PT0.001S".formatted(setting, value));
    }
  }
}
