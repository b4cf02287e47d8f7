package io.eventagents.notification.setting;

import java.time.Duration;

/** Checks the least value of a setting. */
public final class SettingLimit {

  private SettingLimit() {}

  /**
   * Checks a time.
   *
   * @param setting its name
   * @throws IllegalArgumentException if it is less than a millisecond, which some clients treat as
   *     no limit
   */
  public static void atLeastAMillisecond(String setting, Duration value) {
    if (value.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "%s is %s; it must be at least PT0.001S".formatted(setting, value));
    }
  }

  /**
   * Checks a number.
   *
   * @param setting its name
   * @throws IllegalArgumentException if it is less than one
   */
  public static void atLeastOne(String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s is %d; it must be at least 1".formatted(setting, value));
    }
  }
}
