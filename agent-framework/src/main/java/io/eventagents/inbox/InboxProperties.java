package io.eventagents.inbox;

import io.eventagents.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long handled events are remembered.
 *
 * @param retention how long the id of a handled event is kept, 14 days by default. It must be
 *     longer than the topics keep their events; otherwise an old event that is read again is
 *     handled anew
 * @param cleaningInterval how often older ones are removed, 10 minutes by default
 */
@ConfigurationProperties("event-agents.inbox")
public record InboxProperties(
    @DefaultValue("14d") Duration retention, @DefaultValue("10m") Duration cleaningInterval) {

  /**
   * @throws IllegalArgumentException if one of them is less than a millisecond
   */
  public InboxProperties {
    SettingCheck.atLeastAMillisecond("event-agents.inbox.retention", retention);
    SettingCheck.atLeastAMillisecond("event-agents.inbox.cleaning-interval", cleaningInterval);
  }
}
