package io.eventagents.poll;

import io.eventagents.dispatch.OutageBackoff;
import java.time.Duration;

/**
 * How long a consumer leaves a broker alone that refuses it: longer each time. After each rest it
 * looks several times at short intervals before it rests again. Each of its connections reports a
 * refusal when it is used next, although the broker may have changed its mind since. Such a report
 * per connection must not cost a rest each. Not thread-safe.
 */
final class RefusalBackoff {

  /** Long enough to look once over each connection of a consumer. */
  private static final Duration LOOKING = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final OutageBackoff backoff = new OutageBackoff();
  private boolean rests;
  private long lookingUntil;

  /**
   * Notes that the broker refuses it.
   *
   * @param now of {@link System#nanoTime}
   * @return how long to leave the broker alone
   */
  Duration next(long now) {
    if (rests && now - lookingUntil < 0) {
      return BETWEEN_LOOKS;
    }
    Duration delay = backoff.next("Kafka", null);
    rests = true;
    lookingUntil = now + delay.plus(LOOKING).toNanos();
    return delay;
  }

  /** Notes that the broker accepts it; returns whether it refused before. */
  boolean isOver() {
    rests = false;
    return backoff.over().isPresent();
  }
}
