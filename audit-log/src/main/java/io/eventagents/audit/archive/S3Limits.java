package io.eventagents.audit.archive;

import java.time.Duration;

/**
 * How long a bucket may take.
 *
 * @param connect for a connection
 * @param read for each read
 * @param attempt for one try of a call, a part of a file included
 * @param download for an object, beside the time that its bytes take
 */
record S3Limits(Duration connect, Duration read, Duration attempt, Duration download) {

  static final S3Limits DEFAULT =
      new S3Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(15),
          Duration.ofMinutes(1));

  /** For a call, with what the client tries again by itself. */
  Duration call() {
    return attempt.multipliedBy(2);
  }
}
