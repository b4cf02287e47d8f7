package io.eventagents.notification.deferral;

import io.eventagents.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Deferred messages.
 *
 * @param pollInterval how often the timers are checked, and so how late a message may be
 * @param threads how many messages are sent at a time
 * @param attempts after how many failures a message is given up; outages do not count
 * @param retention how long a message is remembered after it was sent, so that a repeated event is
 *     recognised
 */
@ConfigurationProperties("notification.deferral")
record DeferralProperties(
    @DefaultValue("PT1S") Duration pollInterval,
    @DefaultValue("4") int threads,
    @DefaultValue("10") int attempts,
    @DefaultValue("P30D") Duration retention) {

  DeferralProperties {
    SettingCheck.atLeastAMillisecond("notification.deferral.poll-interval", pollInterval);
    SettingCheck.atLeastAMillisecond("notification.deferral.retention", retention);
    SettingCheck.atLeastOne("notification.deferral.threads", threads);
    SettingCheck.atLeastOne("notification.deferral.attempts", attempts);
  }
}
