package io.eventagents.orchestrator.http;

import io.eventagents.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for commands with an {@code Idempotency-Key}, {@code orchestrator.idempotency.*}.
 *
 * @param retention how long a key is kept
 * @param patience how long a repeat waits for a running command with the same key
 */
@ConfigurationProperties("orchestrator.idempotency")
public record IdempotencyProperties(
    @DefaultValue("PT24H") Duration retention, @DefaultValue("PT5S") Duration patience) {

  public IdempotencyProperties {
    SettingCheck.atLeastAMillisecond("orchestrator.idempotency.retention", retention);
    SettingCheck.atLeastAMillisecond("orchestrator.idempotency.patience", patience);
  }
}
