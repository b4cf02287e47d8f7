package io.eventagents.audit.secondverifier;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times in UTC, as lines (section "A line") and notes (section "Checkpoints") have them. */
final class Times {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})T(\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{3}|\\d{6}))?Z");

  private Times() {}

  /** The time of a line: always with six digits of a second. */
  static Optional<Instant> ofLine(String text) {
    return text.length() == "2026-11-22T23:59:01.000120Z".length()
        ? ofNote(text)
        : Optional.empty();
  }

  /** The time of a note: with no, three or six digits of a second. */
  static Optional<Instant> ofNote(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  number(form, 1),
                  number(form, 2),
                  number(form, 3),
                  number(form, 4),
                  number(form, 5),
                  number(form, 6),
                  nanoseconds(form.group(7)))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }

  private static int nanoseconds(String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "000000").substring(0, 6)) * 1_000;
  }
}
