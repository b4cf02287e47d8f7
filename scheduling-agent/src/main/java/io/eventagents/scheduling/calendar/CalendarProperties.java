package io.eventagents.scheduling.calendar;

import io.eventagents.InvalidSetting;
import io.eventagents.SettingCheck;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the calendar feed, {@code scheduling.calendar.*}.
 *
 * @param history how long a reminder stays in it after its time
 * @param refreshInterval how often the feed asks calendar programs to look again
 * @param baseUrl the beginning of the addresses of secret feeds, such as {@code
 *     https://reminders.example.com}; if it is not set, the address that the client called
 */
@ConfigurationProperties("scheduling.calendar")
public record CalendarProperties(
    @DefaultValue("P90D") Duration history,
    @DefaultValue("PT15M") Duration refreshInterval,
    @Nullable String baseUrl) {

  public CalendarProperties {
    SettingCheck.notNegative("scheduling.calendar.history", history);
    // A calendar counts in seconds, and programs would look again without a pause.
    SettingCheck.atLeast(
        "scheduling.calendar.refresh-interval", refreshInterval, Duration.ofSeconds(1));
    if (baseUrl != null) {
      SettingCheck.address("scheduling.calendar.base-url", baseUrl);
    }
  }

  /**
   * @param retention how long reminders are kept
   * @throws InvalidSetting if that is shorter than they stay in the calendar
   */
  public void checkKept(Duration retention) {
    if (retention.compareTo(history) < 0) {
      throw new InvalidSetting(
          "scheduling.retention is %s, shorter than scheduling.calendar.history, %s"
              .formatted(retention, history),
          "Set scheduling.retention to at least scheduling.calendar.history.");
    }
  }

  public @Nullable URI base() {
    return baseUrl == null ? null : URI.create(baseUrl);
  }
}
