package io.eventagents.notification.directory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The hours of every day in which a recipient wants no messages. They span midnight if they end
 * before they begin.
 *
 * @param from when they begin
 * @param to when they end, which must differ from the beginning
 */
public record QuietHours(LocalTime from, LocalTime to) {

  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet hours must not begin and end at the same time");
    }
  }

  /**
   * When the quiet hours end.
   *
   * @return empty if this is no quiet hour
   */
  Optional<Instant> endOf(Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    boolean overMidnight = to.isBefore(from);
    for (LocalDate day = today.minusDays(1); !day.isAfter(today); day = day.plusDays(1)) {
      Instant begin = LocalMoment.of(day, from, zone);
      Instant end = LocalMoment.of(overMidnight ? day.plusDays(1) : day, to, zone);
      if (!now.isBefore(begin) && now.isBefore(end)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }
}
