package io.eventagents.scheduling.reminder;

import io.eventagents.SettingCheck;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for reminders, {@code scheduling.*}.
 *
 * @param leadTime how long before a task is due its owner is reminded, once for each time; {@code
 *     PT24H,PT1H} are two reminders
 * @param leadTimes the same for single priorities, such as {@code scheduling.lead-times.5}; an
 *     empty list means no reminder
 * @param defaultDelay how long after its event the owner of a task without {@code due_at} is
 *     reminded
 * @param timeZone the time zone of tasks without {@code time_zone}
 * @param workingHours when people want to be reminded; at any time if it is not set
 * @param pollInterval how often the agent looks for due reminders, and so how late one may be
 * @param threads how many threads look for them; each takes a database connection
 * @param batchSize the most reminders that fire in one transaction
 * @param retention how long reminders that fired or were cancelled are kept, and tasks that ended
 * @param purgeInterval how often the agent deletes older ones
 */
@ConfigurationProperties("scheduling")
public record ReminderProperties(
    @DefaultValue("PT1H") List<Duration> leadTime,
    @DefaultValue Map<Integer, List<Duration>> leadTimes,
    @DefaultValue("P1D") Duration defaultDelay,
    @DefaultValue("UTC") ZoneId timeZone,
    @Nullable Hours workingHours,
    @DefaultValue("PT1S") Duration pollInterval,
    @DefaultValue("2") int threads,
    @DefaultValue("500") int batchSize,
    @DefaultValue("P365D") Duration retention,
    @DefaultValue("PT1H") Duration purgeInterval) {

  private static final int MOST_LEAD_TIMES = 20;
  private static final Duration LONGEST_LEAD_TIME = Duration.ofDays(366);

  public ReminderProperties {
    checkLeadTimes("scheduling.lead-time", leadTime);
    leadTimes.forEach(
        (priority, times) -> checkLeadTimes("scheduling.lead-times." + priority, times));
    SettingCheck.notNegative("scheduling.default-delay", defaultDelay);
    SettingCheck.atLeastAMillisecond("scheduling.poll-interval", pollInterval);
    SettingCheck.atLeastOne("scheduling.threads", threads);
    SettingCheck.atLeastOne("scheduling.batch-size", batchSize);
    SettingCheck.atLeastAMillisecond("scheduling.purge-interval", purgeInterval);
  }

  public ReminderTimes times() {
    return new ReminderTimes(
        new LeadTimes(leadTime, leadTimes),
        defaultDelay,
        timeZone,
        workingHours == null ? null : workingHours.parsed());
  }

  private static void checkLeadTimes(String setting, List<Duration> times) {
    if (times.size() > MOST_LEAD_TIMES) {
      throw new IllegalArgumentException(
          "%s names %d times; there are at most %d"
              .formatted(setting, times.size(), MOST_LEAD_TIMES));
    }
    for (Duration time : times) {
      SettingCheck.notNegative(setting, time);
      if (time.compareTo(LONGEST_LEAD_TIME) > 0) {
        throw new IllegalArgumentException(
            "%s is %s; it must be at most P%dD"
                .formatted(setting, time, LONGEST_LEAD_TIME.toDays()));
      }
    }
  }

  /**
   * Working hours. A reminder outside of them is moved.
   *
   * @param from when a working day begins, such as 08:00
   * @param to when it ends, such as 18:00
   * @param days the working days
   * @param outside where a reminder is moved to: {@code PREVIOUS} is the end of the previous
   *     working day, or the beginning of the next if that has passed; {@code NEXT} is always the
   *     latter
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
}
