package io.eventagents.audit;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the audit agent, {@code audit.*}.
 *
 * @param directory where the log is written; relative to the working directory. It belongs on a
 *     volume that is kept, with one audit agent writing to it
 * @param chainLimit how many records of one chain are shown at most
 */
@ConfigurationProperties("audit")
public record AuditProperties(
    @DefaultValue("audit-log") Path directory, @DefaultValue("10000") int chainLimit) {

  /**
   * @throws IllegalArgumentException where the limit is not positive
   */
  public AuditProperties {
    if (chainLimit < 1) {
      throw new IllegalArgumentException("audit.chain-limit has to be at least 1");
    }
  }
}
