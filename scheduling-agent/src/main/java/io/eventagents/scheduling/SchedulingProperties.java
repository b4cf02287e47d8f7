package io.eventagents.scheduling;

import io.eventagents.scheduling.caldav.CalDavCalendars;
import io.eventagents.scheduling.reminder.LeadTimes;
import io.eventagents.scheduling.reminder.TaskFields;
import io.eventagents.scheduling.reminder.WorkingHours;
import java.net.URI;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the scheduling agent, {@code scheduling.*}.
 *
 * @param leadTime how long before a task is due its owner is reminded, once for each; {@code
 *     PT24H,PT1H} are two reminders
 * @param leadTimes the same for the priorities that it names: {@code scheduling.lead-times.5}; an
 *     empty one means no reminder
 * @param defaultDelay after what time the owner of a task without {@code due_at} is reminded
 * @param timeZone whose clocks count for tasks without {@code time_zone}
 * @param workingHours when people want to be reminded; every time where it is not set
 * @param pollInterval how often is looked for reminders that are due, and so how late one may be
 * @param threads how many look at once; each takes a database connection
 * @param batchSize how many reminders fire in one transaction at most
 * @param retention how long a reminder that fired or was cancelled is kept, and a task that ended
 * @param purgeInterval how often is looked for those that are older
 * @param calendar the calendar feed
 * @param caldav the calendars that reminders are pushed to
 */
@ConfigurationProperties("scheduling")
record SchedulingProperties(
    @DefaultValue("PT1H") List<Duration> leadTime,
    @DefaultValue Map<Integer, List<Duration>> leadTimes,
    @DefaultValue("P1D") Duration defaultDelay,
    @DefaultValue("UTC") ZoneId timeZone,
    @Nullable Hours workingHours,
    @DefaultValue("PT1S") Duration pollInterval,
    @DefaultValue("2") int threads,
    @DefaultValue("500") int batchSize,
    @DefaultValue("P365D") Duration retention,
    @DefaultValue("PT1H") Duration purgeInterval,
    @DefaultValue Calendar calendar,
    @DefaultValue CalDav caldav) {

  private static final int MOST_LEAD_TIMES = 20;
  private static final Duration LONGEST_LEAD_TIME = Duration.ofDays(366);

  SchedulingProperties {
    checkLeadTimes("scheduling.lead-time", leadTime);
    leadTimes.forEach(
        (priority, times) -> checkLeadTimes("scheduling.lead-times." + priority, times));
    notNegative("scheduling.default-delay", defaultDelay);
    positive("scheduling.poll-interval", pollInterval);
    atLeastOne("scheduling.threads", threads);
    atLeastOne("scheduling.batch-size", batchSize);
    positive("scheduling.purge-interval", purgeInterval);
    if (retention.compareTo(calendar.history()) < 0) {
      throw new IllegalArgumentException(
          "scheduling.retention is %s, shorter than scheduling.calendar.history, %s; set it at least as long"
              .formatted(retention, calendar.history()));
    }
  }

  LeadTimes leads() {
    return new LeadTimes(leadTime, leadTimes);
  }

  @Nullable WorkingHours hours() {
    return workingHours == null ? null : workingHours.parsed();
  }

  /**
   * Working hours. A reminder that would come outside of them is moved.
   *
   * @param from when a working day begins, such as 08:00
   * @param to when it ends, such as 18:00
   * @param days the working days
   * @param outside where a reminder is moved to: the end of the working day before, or where that
   *     has passed the beginning of the next; or always that
   */
  record Hours(
      @DefaultValue("08:00") String from,
      @DefaultValue("18:00") String to,
      @DefaultValue({"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"}) Set<DayOfWeek> days,
      @DefaultValue("PREVIOUS") WorkingHours.Move outside) {

    Hours {
      if (days.isEmpty()) {
        throw new IllegalArgumentException(
            "scheduling.working-hours.days names no day; name one, or leave working-hours out");
      }
      if (!time("from", from).isBefore(time("to", to))) {
        throw new IllegalArgumentException(
            "scheduling.working-hours.from is %s and .to is %s; from must be before to"
                .formatted(from, to));
      }
    }

    WorkingHours parsed() {
      return new WorkingHours(time("from", from), time("to", to), days, outside);
    }

    private static LocalTime time(String name, String value) {
      try {
        return LocalTime.parse(value);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "scheduling.working-hours.%s is %s; it must be a time such as 08:00"
                .formatted(name, value));
      }
    }
  }

  /**
   * The calendar feed.
   *
   * @param history how long a reminder stays in it after its time
   * @param refreshInterval how often calendar programs are asked to look again
   * @param baseUrl what the addresses of secret feeds begin with, such as {@code
   *     https://reminders.example.com}; the address that the client called where it is not set
   */
  record Calendar(
      @DefaultValue("P90D") Duration history,
      @DefaultValue("PT15M") Duration refreshInterval,
      @Nullable String baseUrl) {

    Calendar {
      notNegative("scheduling.calendar.history", history);
      positive("scheduling.calendar.refresh-interval", refreshInterval);
      if (baseUrl != null) {
        checkAddress("scheduling.calendar.base-url", baseUrl);
      }
    }

    @Nullable URI base() {
      return baseUrl == null ? null : URI.create(baseUrl);
    }
  }

  /**
   * Calendar servers (CalDAV, RFC 4791).
   *
   * @param calendars one for each owner who wants one
   * @param timeout how long a call may take, from connecting to the last byte of the answer
   * @param pollInterval how often is looked for what is to be pushed
   * @param longestDelay how long is waited at most before a server that was away is asked again
   */
  record CalDav(
      @DefaultValue List<CalDavCalendars.Calendar> calendars,
      @DefaultValue("PT5S") Duration timeout,
      @DefaultValue("PT1S") Duration pollInterval,
      @DefaultValue("PT10M") Duration longestDelay) {

    CalDav {
      positive("scheduling.caldav.timeout", timeout);
      positive("scheduling.caldav.poll-interval", pollInterval);
      positive("scheduling.caldav.longest-delay", longestDelay);
      Set<String> owners = new HashSet<>();
      for (int i = 0; i < calendars.size(); i++) {
        check("scheduling.caldav.calendars[" + i + "]", calendars.get(i));
        if (!owners.add(calendars.get(i).owner())) {
          throw new IllegalArgumentException(
              "scheduling.caldav.calendars[%d].owner is %s again; an owner has one calendar"
                  .formatted(i, calendars.get(i).owner()));
        }
      }
    }

    private static void check(String setting, CalDavCalendars.Calendar calendar) {
      if (!TaskFields.isId(calendar.owner())) {
        throw new IllegalArgumentException(
            setting + ".owner must be the id of an owner, or * for all others");
      }
      String place = CalDavCalendars.Calendar.PLACE;
      checkAddress(setting + ".url", calendar.url().replace(place, "owner"));
      if (calendar.isForAll() && !calendar.url().contains(place)) {
        throw new IllegalArgumentException(
            "%s.url is the same for all owners; put %s where the owner's id belongs"
                .formatted(setting, place));
      }
      if ((calendar.username() == null) != (calendar.password() == null)) {
        throw new IllegalArgumentException(
            setting + " has one of username and password; set both, or none");
      }
    }
  }

  private static void checkLeadTimes(String setting, List<Duration> times) {
    if (times.size() > MOST_LEAD_TIMES) {
      throw new IllegalArgumentException(
          "%s names %d times; there are at most %d"
              .formatted(setting, times.size(), MOST_LEAD_TIMES));
    }
    for (Duration time : times) {
      notNegative(setting, time);
      if (time.compareTo(LONGEST_LEAD_TIME) > 0) {
        throw new IllegalArgumentException(
            "%s is %s; it must be at most P%dD"
                .formatted(setting, time, LONGEST_LEAD_TIME.toDays()));
      }
    }
  }

  private static void checkAddress(String setting, String value) {
    URI address;
    try {
      address = URI.create(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is %s, which is no address (%s)".formatted(setting, value, e.getMessage()));
    }
    if (address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || !("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
      throw new IllegalArgumentException(
          "%s must be an https or http address without user and query".formatted(setting));
    }
  }

  private static void notNegative(String setting, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "%s is %s; it must not be negative".formatted(setting, value));
    }
  }

  private static void positive(String setting, Duration value) {
    if (value.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "%s is %s; it must be at least PT0.001S".formatted(setting, value));
    }
  }

  private static void atLeastOne(String setting, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s is %d; it must be at least 1".formatted(setting, value));
    }
  }
}
