package io.eventagents.orchestrator.followup;

import io.eventagents.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the watch over follow-ups, {@code orchestrator.watch.*}.
 *
 * @param pollInterval how often the watch looks for passed deadlines
 * @param startDelay how long after the start it begins, so that waiting events are read first
 * @param maxAge events of other agents that are older when read await nothing
 * @param retention how long a follow-up is shown after its deadline
 */
@ConfigurationProperties("orchestrator.watch")
public record FollowUpWatchProperties(
    @DefaultValue("PT1S") Duration pollInterval,
    @DefaultValue("PT10S") Duration startDelay,
    @DefaultValue("PT24H") Duration maxAge,
    @DefaultValue("P30D") Duration retention) {

  public FollowUpWatchProperties {
    SettingCheck.atLeastAMillisecond("orchestrator.watch.poll-interval", pollInterval);
    SettingCheck.atLeastAMillisecond("orchestrator.watch.max-age", maxAge);
    SettingCheck.atLeastAMillisecond("orchestrator.watch.retention", retention);
    SettingCheck.notNegative("orchestrator.watch.start-delay", startDelay);
  }
}
