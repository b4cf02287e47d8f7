package io.eventagents.scheduling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the scheduling agent, {@code scheduling.*}.
 *
 * @param leadTime how long before a task is due its owner is reminded
 * @param defaultDelay after what time the owner of a task without {@code due_at} is reminded
 * @param pollInterval how often timers are looked for, and so how late a reminder may be
 * @param threads how many reminders fire at once; each takes a database connection
 * @param calendar the calendar feed
 */
@ConfigurationProperties("scheduling")
record SchedulingProperties(
    @DefaultValue("PT1H") Duration leadTime,
    @DefaultValue("P1D") Duration defaultDelay,
    @DefaultValue("PT1S") Duration pollInterval,
    @DefaultValue("2") int threads,
    @DefaultValue Calendar calendar) {

  SchedulingProperties {
    notNegative("scheduling.lead-time", leadTime);
    notNegative("scheduling.default-delay", defaultDelay);
    positive("scheduling.poll-interval", pollInterval);
    if (threads < 1) {
      throw new IllegalArgumentException(
          "scheduling.threads is %d; it must be at least 1".formatted(threads));
    }
  }

  /**
   * The calendar feed.
   *
   * @param history how long a reminder stays in it after its time
   * @param refreshInterval how often calendar programs are asked to look again
   */
  record Calendar(
      @DefaultValue("P90D") Duration history, @DefaultValue("PT15M") Duration refreshInterval) {

    Calendar {
      notNegative("scheduling.calendar.history", history);
      positive("scheduling.calendar.refresh-interval", refreshInterval);
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
}
