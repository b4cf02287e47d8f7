package io.eventagents.orchestrator.setting;

import java.time.Duration;

/** A setting that must be a duration of more than zero. */
public final class PositiveDuration {

  private PositiveDuration() {}

  /**
   * @param setting the name of the setting
   * @throws IllegalArgumentException if it is zero or negative
   */
  public static void check(String setting, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(setting + " is " + value + ". Set it to more than 0.");
    }
  }
}
