package io.eventagents.audit.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of one log in a bucket. It asks of the service only what all that are compatible with
 * S3 can do. Thread-safe.
 */
final class S3Bucket implements AutoCloseable {

  /** What is read from the bucket leaves this to the log. */
  private static final long KEPT_FREE = 64L * 1024 * 1024;

  private static final long MOST_PARTS = 10_000;

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final long partSize;
  private final S3Limits limits;

  /**
   * @param log the id of the log
   * @param partSize larger files go in parts; at least 5 MiB
   */
  S3Bucket(S3Location location, String log, long partSize) {
    this(location, log, partSize, S3Limits.DEFAULT);
  }

  S3Bucket(S3Location location, String log, long partSize, S3Limits limits) {
    this.bucket = location.bucket();
    this.prefix = location.prefix() + log + "/";
    this.partSize = partSize;
    this.limits = limits;
    this.client = client(location, limits);
  }

  /** The sizes of the objects by name. */
  Map<String, Long> list() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    return asking(
        "list",
        () -> {
          client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).stream()
              .flatMap(page -> page.contents().stream())
              .forEach(object -> sizes.put(nameOf(object), object.size()));
          return sizes;
        });
  }

  /**
   * Stores a file and reads it back.
   *
   * @return its digest
   * @throws IOException if it cannot be stored or does not read the same
   */
  TextDigest put(String name, Path file) throws IOException {
    TextDigest local = TextDigest.ofPlain(file);
    asking(
        "store",
        () -> {
          if (local.size() <= partSize) {
            client.putObject(
                request -> request.bucket(bucket).key(prefix + name), RequestBody.fromFile(file));
          } else {
            putParts(prefix + name, file, local.size());
          }
          return name;
        });
    TextDigest stored = asking("read back", () -> digest(name));
    if (!stored.equals(local)) {
      throw new IOException("What was stored as " + place(name) + " does not read the same");
    }
    return local;
  }

  /**
   * Gets an object.
   *
   * @throws IOException if it cannot be read, or there is no room for it: the log goes on in the
   *     same place
   */
  void get(String name, Path to) throws IOException {
    asking(
        "read",
        () -> {
          try (ResponseInputStream<GetObjectResponse> object = open(name)) {
            Long size = object.response().contentLength();
            if (size == null) {
              throw new IOException(place(name) + " comes without its size");
            }
            requireRoom(
                size, Files.getFileStore(to.toAbsolutePath().getParent()).getUsableSpace(), name);
            Files.copy(
                new FirstBytes(paced(object), size), to, StandardCopyOption.REPLACE_EXISTING);
          }
          return name;
        });
  }

  /**
   * @throws IOException if it would leave less than is kept free
   */
  static void requireRoom(long size, long usable, String name) throws IOException {
    if (size > usable - KEPT_FREE) {
      throw new IOException(
          "%s has %,d bytes, and the directory of the log has room for %,d, of which %,d are left to the log: make room"
              .formatted(name, size, usable, KEPT_FREE));
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private void putParts(String key, Path file, long size) throws IOException {
    String upload =
        client.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
    try {
      long part = Math.max(partSize, (size + MOST_PARTS - 1) / MOST_PARTS);
      List<CompletedPart> parts = new ArrayList<>();
      for (long from = 0; from < size; from += part) {
        int number = parts.size() + 1;
        String tag =
            client
                .uploadPart(
                    request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                    part(file, from, Math.min(part, size - from)))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
      }
      client.completeMultipartUpload(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(completed -> completed.parts(parts)));
    } catch (SdkException e) {
      abort(key, upload, e);
      throw e;
    }
  }

  private void abort(String key, String upload, SdkException because) {
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      because.addSuppressed(e);
    }
  }

  /** Opened anew where the part has to be sent again. */
  private static RequestBody part(Path file, long from, long length) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(from);
            return new FirstBytes(Channels.newInputStream(channel), length);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        length,
        "application/octet-stream");
  }

  private TextDigest digest(String name) throws IOException {
    try (ResponseInputStream<GetObjectResponse> object = open(name)) {
      return TextDigest.of(paced(object));
    }
  }

  private ResponseInputStream<GetObjectResponse> open(String name) {
    return client.getObject(request -> request.bucket(bucket).key(prefix + name));
  }

  private InputStream paced(ResponseInputStream<GetObjectResponse> object) {
    return new PacedStream(object, object::abort, limits.download());
  }

  private String nameOf(S3Object object) {
    return object.key().substring(prefix.length());
  }

  private String place(String name) {
    return "s3://" + bucket + "/" + prefix + name;
  }

  private <T> T asking(String what, Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (SdkException | UncheckedIOException e) {
      throw new IOException(
          "The bucket '%s' could not %s: %s".formatted(bucket, what, e.getMessage()), e);
    }
  }

  private static S3Client client(S3Location location, S3Limits limits) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(location.region()))
            .credentialsProvider(credentials(location))
            // Newer checksums and chunked bodies are what compatible services lack first.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(limits.connect())
                    .socketTimeout(limits.read()))
            .overrideConfiguration(
                calls ->
                    calls.apiCallAttemptTimeout(limits.attempt()).apiCallTimeout(limits.call()));
    if (location.endpoint() != null) {
      builder.endpointOverride(location.endpoint()).forcePathStyle(true);
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Location location) {
    return location.accessKey() == null || location.secretKey() == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(location.accessKey(), location.secretKey()));
  }

  @FunctionalInterface
  private interface Call<T> {
    T make() throws IOException;
  }
}
