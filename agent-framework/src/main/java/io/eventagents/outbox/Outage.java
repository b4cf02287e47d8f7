package io.eventagents.outbox;

import io.eventagents.background.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that the relay needs does not answer. The log says so once, and once more when it
 * answers again. Meanwhile the pauses between attempts grow.
 */
final class Outage {

  private static final Logger log = LoggerFactory.getLogger(Outage.class);
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final String what;
  private final InstantSource clock;
  private volatile @Nullable Instant since;
  private Duration pause = Duration.ZERO;

  Outage(String what, InstantSource clock) {
    this.what = what;
    this.clock = clock;
  }

  boolean isOn() {
    return since != null;
  }

  /** An attempt failed or takes too long. */
  void noticed(String why) {
    if (since == null) {
      since = clock.instant();
      log.warn(
          "The outbox waits for {}; what is stored is sent when it answers again: {}", what, why);
    } else {
      log.debug("Still no {}: {}", what, why);
    }
  }

  /** An attempt succeeded. */
  void over() {
    Instant start = since;
    if (start != null) {
      log.info(
          "The outbox goes on: {} answers again after {} s",
          what,
          Duration.between(start, clock.instant()).toMillis() / 1000.0);
      since = null;
    }
    pause = Duration.ZERO;
  }

  /** Another instance makes the attempts now, and reports whether they fail. */
  void leftToAnother() {
    since = null;
    pause = Duration.ZERO;
  }

  /** How long to wait before the next attempt. */
  Duration nextPause() {
    pause = PAUSES.next(pause);
    return pause;
  }
}
