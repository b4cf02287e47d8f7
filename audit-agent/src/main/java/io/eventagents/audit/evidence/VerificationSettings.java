package io.eventagents.audit.evidence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the log is verified while the agent runs, {@code audit.verification.*}.
 *
 * @param interval how often the whole log is verified; at least a minute
 * @param bytesPerSecond how fast the log is read, so that logging does not suffer; a verification
 *     that was asked for runs as fast as it can
 */
@ConfigurationProperties("audit.verification")
public record VerificationSettings(
    @DefaultValue("1d") Duration interval, @DefaultValue("20MB") DataSize bytesPerSecond) {

  /**
   * @throws IllegalArgumentException if the interval is too short or the speed is not positive
   */
  public VerificationSettings {
    if (interval.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("audit.verification.interval must be at least a minute");
    }
    if (bytesPerSecond.toBytes() < 1) {
      throw new IllegalArgumentException(
          "audit.verification.bytes-per-second must be positive, such as 20MB");
    }
  }
}
