package io.eventagents.scheduling.calendar;

import biweekly.component.DaylightSavingsTime;
import biweekly.component.Observance;
import biweekly.component.StandardTime;
import biweekly.component.VTimezone;
import biweekly.io.TimezoneAssignment;
import biweekly.util.DateTimeComponents;
import biweekly.util.UtcOffset;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * A {@code VTIMEZONE} (RFC 5545, section 3.6.5): each change of a zone's clocks in a period, as the
 * JDK knows it. So calendar programs show the times that were computed here, whichever version of
 * the time zone database they have.
 */
final class CalendarZone {

  private static final LocalDateTime LONG_AGO = LocalDateTime.of(1970, 1, 1, 0, 0);

  private CalendarZone() {}

  /** The zone between two times. */
  static TimezoneAssignment of(ZoneId zone, Instant from, Instant to) {
    VTimezone component = new VTimezone(zone.getId());
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition transition = lastBefore(from, rules);
    if (transition == null) {
      ZoneOffset offset = rules.getOffset(from);
      component.addComponent(
          describe(
              new StandardTime(),
              name(zone, rules.isDaylightSavings(from)),
              LONG_AGO,
              offset,
              offset));
      transition = rules.nextTransition(from);
    }
    while (transition != null && !transition.getInstant().isAfter(to)) {
      add(component, zone, transition);
      transition = rules.nextTransition(transition.getInstant());
    }
    return new TimezoneAssignment(TimeZone.getTimeZone(zone), component);
  }

  /**
   * The last change, or, if it was to daylight saving time, that to standard time before it: some
   * programs cannot tell the one without the other.
   */
  private static @Nullable ZoneOffsetTransition lastBefore(Instant time, ZoneRules rules) {
    ZoneOffsetTransition last = rules.previousTransition(time);
    ZoneOffsetTransition standard = last;
    while (standard != null && rules.isDaylightSavings(standard.getInstant())) {
      standard = rules.previousTransition(standard.getInstant());
    }
    return standard == null ? last : standard;
  }

  private static void add(VTimezone component, ZoneId zone, ZoneOffsetTransition transition) {
    boolean isDaylightSaving = zone.getRules().isDaylightSavings(transition.getInstant());
    component.addComponent(
        describe(
            isDaylightSaving ? new DaylightSavingsTime() : new StandardTime(),
            name(zone, isDaylightSaving),
            transition.getDateTimeBefore(),
            transition.getOffsetBefore(),
            transition.getOffsetAfter()));
  }

  private static Observance describe(
      Observance observance,
      @Nullable String name,
      LocalDateTime onset,
      ZoneOffset from,
      ZoneOffset to) {
    observance.setDateStart(
        new DateTimeComponents(
            onset.getYear(),
            onset.getMonthValue(),
            onset.getDayOfMonth(),
            onset.getHour(),
            onset.getMinute(),
            onset.getSecond(),
            false));
    observance.setTimezoneOffsetFrom(new UtcOffset(from.getTotalSeconds() * 1_000L));
    observance.setTimezoneOffsetTo(new UtcOffset(to.getTotalSeconds() * 1_000L));
    if (name != null) {
      observance.addTimezoneName(name);
    }
    return observance;
  }

  /** Null if both of a zone's times have one name: some programs tell them apart by it. */
  private static @Nullable String name(ZoneId zone, boolean isDaylightSaving) {
    String name = name(TimeZone.getTimeZone(zone), isDaylightSaving);
    return name.equals(name(TimeZone.getTimeZone(zone), !isDaylightSaving)) ? null : name;
  }

  private static String name(TimeZone zone, boolean isDaylightSaving) {
    return zone.getDisplayName(isDaylightSaving, TimeZone.SHORT, Locale.ENGLISH);
  }
}
