package io.eventagents.audit.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of old files, {@code audit.archive.*}.
 *
 * @param compress whether they are compressed
 * @param compressAfter how long after the end of its day (UTC) a file is compressed; never the
 *     newest
 * @param keepLocal how long after the end of its day a file that was shipped stays in the
 *     directory; without it, forever
 * @param s3 where compressed files are shipped; nowhere unless its bucket is set
 */
@ConfigurationProperties("audit.archive")
public record ArchiveSettings(
    @DefaultValue("true") boolean compress,
    @DefaultValue("1d") Duration compressAfter,
    @Nullable Duration keepLocal,
    @DefaultValue S3Settings s3) {

  /**
   * @throws IllegalArgumentException if settings are out of range or do not fit each other
   */
  public ArchiveSettings {
    if (compressAfter.isNegative()) {
      throw new IllegalArgumentException(
          "audit.archive.compress-after is %s: set 0 or a time such as 1d"
              .formatted(compressAfter));
    }
    if (keepLocal != null && keepLocal.isNegative()) {
      throw new IllegalArgumentException(
          "audit.archive.keep-local is %s: set 0 or a time such as 30d".formatted(keepLocal));
    }
    if (!s3.isSet() && keepLocal != null) {
      throw new IllegalArgumentException(
          "audit.archive.keep-local is set, but nothing is shipped: set audit.archive.s3.bucket too,"
              + " or leave it out to keep all files");
    }
    if (s3.isSet() && !compress) {
      throw new IllegalArgumentException(
          "audit.archive.s3.bucket is set, but compressed files alone are shipped: remove"
              + " audit.archive.compress=false");
    }
  }
}
