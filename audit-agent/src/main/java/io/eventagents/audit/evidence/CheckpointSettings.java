package io.eventagents.audit.evidence;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the log is signed, {@code audit.checkpoints.*}.
 *
 * @param interval how often, where lines were added; at least a second
 * @param signingKey the file with the key, PKCS#8 in PEM as {@code openssl genpkey -algorithm
 *     ed25519} writes it; unless set, one is made beside the log
 * @param formerSigningKey the file with the key so far, where another is to follow it
 */
@ConfigurationProperties("audit.checkpoints")
public record CheckpointSettings(
    @DefaultValue("1m") Duration interval,
    @Nullable Path signingKey,
    @Nullable Path formerSigningKey) {

  /**
   * @throws IllegalArgumentException where the interval is too short
   */
  public CheckpointSettings {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("audit.checkpoints.interval has to be at least a second");
    }
  }
}
