package io.eventagents.scheduling.setting;

import java.net.URI;
import java.time.Duration;

/** Checks the value of a setting. The message begins with the name of the setting. */
public final class SettingCheck {

  private SettingCheck() {}

  public static void positive(String setting, Duration value) {
    if (value.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "%s is %s; it must be at least PT0.001S".formatted(setting, value));
    }
  }

  public static void notNegative(String setting, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "%s is %s; it must not be negative".formatted(setting, value));
    }
  }

  public static void atLeastOne(String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s is %d; it must be at least 1".formatted(setting, value));
    }
  }

  public static void address(String setting, String value) {
    URI address;
    try {
      address = URI.create(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is %s, which is not an address (%s)".formatted(setting, value, e.getMessage()));
    }
    if (address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || !("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
      throw new IllegalArgumentException(
          "%s must be an https or http address without user and query".formatted(setting));
    }
  }
}
