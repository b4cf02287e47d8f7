package io.eventagents.audit.evidence;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the log is signed, {@code audit.checkpoints.*}.
 *
 * @param interval how often the log is signed if lines were added; at least a second
 * @param signingKey the file of the key, PKCS#8 in PEM as {@code openssl genpkey -algorithm
 *     ed25519} writes it; if not set, a key is made beside the log
 * @param formerSigningKey the file of the former key, if another key succeeds it
 */
@ConfigurationProperties("audit.checkpoints")
public record CheckpointSettings(
    @DefaultValue("1m") Duration interval,
    @Nullable Path signingKey,
    @Nullable Path formerSigningKey) {

  /**
   * @throws IllegalArgumentException if the interval is too short
   */
  public CheckpointSettings {
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("audit.checkpoints.interval must be at least a second");
    }
  }
}
