package io.eventagents.poll;

import io.eventagents.dispatch.OutageBackoff;
import java.time.Duration;

/**
 * How long a consumer leaves a broker alone that refuses it: longer and longer. Behind each rest it
 * looks several times at short intervals before it rests again. Each of its connections tells of a
 * refusal when it is looked at next, and the broker may have changed its mind since: told once per
 * connection, that must not cost a rest each. Not thread-safe.
 */
final class RefusalBackoff {

  /** Long enough for as many looks as a consumer has connections. */
  private static final Duration LOOKING = Duration.ofSeconds(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final OutageBackoff backoff = new OutageBackoff();
  private boolean rests;
  private long lookingUntil;

  /**
   * It is refused.
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

  /** It is taken; whether it was refused before. */
  boolean isOver() {
    rests = false;
    return backoff.over().isPresent();
  }
}
