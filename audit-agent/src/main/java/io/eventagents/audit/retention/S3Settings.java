package io.eventagents.audit.retention;

import io.eventagents.audit.archive.S3Location;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A bucket on S3 or what is compatible with it, {@code audit.archive.s3.*}.
 *
 * @param endpoint of the service; without it, that of AWS in the region
 * @param region of the bucket; most services other than AWS take any
 * @param bucket its name; without it nothing is shipped
 * @param prefix what the names of objects begin with; the id of the log follows
 * @param accessKey with {@code secretKey} the credentials; without them, those of the AWS SDK's
 *     default chain: environment, system properties, profile, the pod's or instance's role
 * @param secretKey see {@code accessKey}
 */
public record S3Settings(
    @Nullable URI endpoint,
    @DefaultValue("us-east-1") String region,
    @Nullable String bucket,
    @DefaultValue("") String prefix,
    @Nullable String accessKey,
    @Nullable String secretKey) {

  /**
   * @throws IllegalArgumentException if the endpoint is no address, or one half of the credentials
   *     is missing
   */
  public S3Settings {
    if (endpoint != null && (endpoint.getHost() == null || !isHttp(endpoint))) {
      throw new IllegalArgumentException(
          "audit.archive.s3.endpoint is '%s': set an http or https address such as https://s3.company.com"
              .formatted(endpoint));
    }
    if ((accessKey == null) != (secretKey == null)) {
      throw new IllegalArgumentException(
          "audit.archive.s3.access-key and audit.archive.s3.secret-key are set together, or neither");
    }
  }

  /** Whether files are shipped. */
  public boolean isSet() {
    return bucket != null && !bucket.isBlank();
  }

  /**
   * Where it is.
   *
   * @throws IllegalStateException if nothing is shipped
   */
  S3Location location() {
    if (bucket == null) {
      throw new IllegalStateException("audit.archive.s3.bucket is not set");
    }
    return new S3Location(endpoint, region, bucket, prefix, accessKey, secretKey);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "S3Settings[endpoint=%s, region=%s, bucket=%s, prefix=%s]"
        .formatted(endpoint, region, bucket, prefix);
  }

  private static boolean isHttp(URI address) {
    return "http".equalsIgnoreCase(address.getScheme())
        || "https".equalsIgnoreCase(address.getScheme());
  }
}
