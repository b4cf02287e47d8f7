package io.eventagents.scheduling.reminder;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * When people want to be reminded. Where the clocks change in the meantime, an edge is at the same
 * time of day by them.
 *
 * @param from the first moment of a working day
 * @param to the last moment of a working day
 * @param days the working days
 * @param move where a reminder goes that would come at another time
 */
public record WorkingHours(LocalTime from, LocalTime to, Set<DayOfWeek> days, Move move) {

  /** Where to. */
  public enum Move {
    /** The end of the working day before, or where that has passed, as {@link #NEXT}. */
    PREVIOUS,

    /** The beginning of the working day after. */
    NEXT
  }

  /** The working time for this one, by the clocks of the zone; never before now. */
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
