package io.eventagents.audit.archive;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A bucket on S3 or what is compatible with it.
 *
 * @param endpoint of the service; null for that of AWS in the region
 * @param prefix what the names of objects begin with
 * @param accessKey with {@code secretKey} the credentials; null for those of the AWS SDK's default
 *     chain
 * @param secretKey see {@code accessKey}
 */
public record S3Location(
    @Nullable URI endpoint,
    String region,
    String bucket,
    String prefix,
    @Nullable String accessKey,
    @Nullable String secretKey) {

  /** Without the credentials. */
  @Override
  public String toString() {
    return "%s in %s".formatted(bucket, endpoint == null ? region : endpoint);
  }
}
