package io.eventagents.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a failed event is tried again, and after which growing delays.
 *
 * @param attempts the number of attempts, including the first; at least 1
 * @param initialDelay before the second attempt
 * @param multiplier what each further delay is multiplied by; at least 1
 * @param maxDelay the longest delay
 * @param jitter the part of a delay that is random, from 0 to 1: a delay of 10 s with 0.2 is
 *     between 8 s and 12 s
 */
public record RetryPolicy(
    int attempts, Duration initialDelay, double multiplier, Duration maxDelay, double jitter) {

  private static final Duration LONGEST_DELAY = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException if the parts contradict each other; the message names the part
   */
  public RetryPolicy {
    require(
        attempts >= 1,
        "attempts is " + attempts + "; it counts the first one too and is at least 1");
    require(!initialDelay.isNegative(), "initial-delay is negative");
    require(
        multiplier >= 1, "multiplier is " + multiplier + "; delays must not shrink: at least 1");
    require(
        maxDelay.compareTo(initialDelay) >= 0,
        "max-delay (" + maxDelay + ") is shorter than initial-delay (" + initialDelay + ")");
    require(
        maxDelay.compareTo(LONGEST_DELAY) <= 0,
        "max-delay is " + maxDelay + "; what takes longer than a day is no retry");
    require(jitter >= 0 && jitter <= 1, "jitter is " + jitter + "; it is a part, from 0 to 1");
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** The delay after this many failed attempts, jittered. */
  public Duration delayAfter(int failedAttempts, RandomGenerator random) {
    double spread = jitter == 0 ? 1 : 1 + jitter * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (exactDelayAfter(failedAttempts) * spread));
  }

  /** The longest time that the delays of one event may take together. */
  public Duration budget() {
    double nanos = 0;
    for (int failed = 1; failed < attempts; failed++) {
      double delay = exactDelayAfter(failed);
      nanos += delay * (1 + jitter);
      if (delay == exactDelayAfter(failed + 1)) {
        // It grows no more: add the rest of the attempts at once.
        nanos += (attempts - 1.0 - failed) * delay * (1 + jitter);
        break;
      }
    }
    return Duration.ofNanos((long) Math.min(nanos, Long.MAX_VALUE));
  }

  private double exactDelayAfter(int failedAttempts) {
    return Math.min(
        initialDelay.toNanos() * Math.pow(multiplier, failedAttempts - 1.0),
        (double) maxDelay.toNanos());
  }
}
