package io.eventagents.notification.directory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** Converts a local time to an instant. */
final class LocalMoment {

  private LocalMoment() {}

  /**
   * The moment at which clocks in the zone reach this time on this day. If clocks are set forward
   * past it, this is the moment of the change. If clocks show it twice, it is the first time.
   */
  static Instant of(LocalDate day, LocalTime time, ZoneId zone) {
    LocalDateTime local = day.atTime(time);
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
