package io.eventagents.audit.console;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as pages show them, in UTC. */
final class Moments {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY_OF_YEAR =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Moments() {}

  /**
   * Such as {@code 14:30:22}, {@code 22 Nov 14:30:22}: no more than is needed beside the current
   * time.
   */
  static String text(Instant moment, Instant now) {
    LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (day.equals(today)) {
      return TIME.format(moment);
    }
    DateTimeFormatter form = day.getYear() == today.getYear() ? DAY : DAY_OF_YEAR;
    return form.format(moment) + " " + TIME.format(moment);
  }

  /** Like {@link #text}, but without seconds on another day. */
  static String rough(Instant moment, Instant now) {
    String text = text(moment, now);
    return text.indexOf(' ') < 0 ? text : text.substring(0, text.length() - 3);
  }

  /** How long ago, such as {@code 5 min ago}. */
  static String age(Instant moment, Instant now) {
    Duration age = Duration.between(moment, now);
    return age.isNegative() || age.toSeconds() < 1 ? "just now" : Durations.rough(age) + " ago";
  }
}
