package io.eventagents.notification.directory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** When clocks somewhere show a time. */
final class LocalMoment {

  private LocalMoment() {}

  /**
   * The moment at which clocks come to this time on this day. Where they are set forward over it,
   * that is the moment of the change; where they show it twice, it is the first.
   */
  static Instant of(LocalDate day, LocalTime time, ZoneId zone) {
    LocalDateTime local = day.atTime(time);
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
