package io.eventagents.outbox;

import io.eventagents.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the outbox is sent.
 *
 * @param pollInterval how often to look for records that other instances stored; 500 ms by default.
 *     Those of this process are sent at once
 * @param batchSize the most records under way at a time; 1,000 by default
 * @param batchBytes the most bytes of records under way at a time; 8 MB by default. A larger record
 *     goes alone. Keep it below the producer's {@code buffer.memory}
 */
@ConfigurationProperties("event-agents.outbox")
public record OutboxProperties(
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("1000") int batchSize,
    @DefaultValue("8MB") DataSize batchBytes) {

  /**
   * @throws IllegalArgumentException if one of them is too small
   */
  public OutboxProperties {
    SettingCheck.atLeastAMillisecond("event-agents.outbox.poll-interval", pollInterval);
    SettingCheck.atLeastOne("event-agents.outbox.batch-size", batchSize);
    SettingCheck.atLeastAByte("event-agents.outbox.batch-bytes", batchBytes);
  }
}
