package io.eventagents.audit.console;

import java.time.Duration;
import java.util.Locale;

/** Durations as pages show them, in the two units that matter. */
final class Durations {

  private Durations() {}

  /** Such as {@code 312 ms}, {@code 4.2 s}, {@code 2 h 5 min}. */
  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 1) {
      return duration.toMillis() + " ms";
    }
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 3600) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    if (seconds < 86_400) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toDays() + " d " + duration.toHoursPart() + " h";
  }

  /** In one unit, such as {@code 5 min}. */
  static String rough(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return duration.toMinutes() + " min";
    }
    return seconds < 2 * 86_400 ? duration.toHours() + " h" : duration.toDays() + " d";
  }
}
