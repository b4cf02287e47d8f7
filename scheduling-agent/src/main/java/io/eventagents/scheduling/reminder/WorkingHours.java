package io.eventagents.scheduling.reminder;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * When people want to be reminded. If the clocks change, the hours keep their local time of day.
 *
 * @param from the first moment of a working day
 * @param to the last moment of a working day
 * @param days the working days
 * @param move where a reminder at another time is moved to
 */
public record WorkingHours(LocalTime from, LocalTime to, Set<DayOfWeek> days, Move move) {

  /** Where to move it. */
  public enum Move {
    /** To the end of the previous working day; if that has passed, as {@link #NEXT}. */
    PREVIOUS,

    /** To the beginning of the next working day. */
    NEXT
  }

  /** The time itself, or the working time that it moves to in this zone; never before now. */
  Instant fit(Instant time, Instant now, ZoneId zone) {
    ZonedDateTime wanted = time.atZone(zone);
    if (isWithin(wanted)) {
      return time;
    }
    if (move == Move.PREVIOUS) {
      Instant previous = previous(wanted);
      if (!previous.isBefore(now)) {
        return previous;
      }
    }
    return next(wanted);
  }

  private boolean isWithin(ZonedDateTime time) {
    LocalDate day = time.toLocalDate();
    return days.contains(day.getDayOfWeek())
        && !time.toInstant().isBefore(at(day, from, time.getZone()))
        && !time.toInstant().isAfter(at(day, to, time.getZone()));
  }

  private Instant previous(ZonedDateTime time) {
    LocalDate day = time.toLocalDate();
    while (!days.contains(day.getDayOfWeek())
        || at(day, to, time.getZone()).isAfter(time.toInstant())) {
      day = day.minusDays(1);
    }
    return at(day, to, time.getZone());
  }

  private Instant next(ZonedDateTime time) {
    LocalDate day = time.toLocalDate();
    while (!days.contains(day.getDayOfWeek())
        || at(day, from, time.getZone()).isBefore(time.toInstant())) {
      day = day.plusDays(1);
    }
    return at(day, from, time.getZone());
  }

  private static Instant at(LocalDate day, LocalTime time, ZoneId zone) {
    return ZonedDateTime.of(day, time, zone).toInstant();
  }
}
