package io.eventagents.notification.setting;

import io.eventagents.SettingCheck;
import java.time.Duration;

/** The settings for how long a channel waits for its provider. */
public interface ChannelTimeouts {

  /** How long to wait for a connection. */
  Duration connectTimeout();

  /** How long to wait for the complete response then. */
  Duration readTimeout();

  /**
   * Checks the settings {@code connect-timeout} and {@code read-timeout} below the prefix.
   *
   * @throws IllegalArgumentException if one of them is less than a millisecond
   */
  static void check(String prefix, Duration connectTimeout, Duration readTimeout) {
    SettingCheck.atLeastAMillisecond(prefix + ".connect-timeout", connectTimeout);
    SettingCheck.atLeastAMillisecond(prefix + ".read-timeout", readTimeout);
  }
}
