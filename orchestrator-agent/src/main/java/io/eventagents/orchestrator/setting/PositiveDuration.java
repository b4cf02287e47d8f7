package io.eventagents.orchestrator.setting;

import java.time.Duration;

/** A setting that must be a time of more than nothing. */
public final class PositiveDuration {

  private PositiveDuration() {}

  /**
   * @param setting its name
   * @throws IllegalArgumentException if it is zero or negative
   */
  public static void check(String setting, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(setting + " is " + value + ". Set it to more than 0.");
    }
  }
}
