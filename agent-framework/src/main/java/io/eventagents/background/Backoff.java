package io.eventagents.background;

import java.time.Duration;

/**
 * How long to leave something alone that fails: twice as long each time, up to a longest delay.
 * Immutable.
 *
 * <pre>{@code
 * Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
 * backoff.after(3);              // 4 s
 * delay = backoff.next(delay);   // starts at Duration.ZERO
 * }</pre>
 *
 * @param first the first delay
 * @param longest what no delay exceeds
 */
public record Backoff(Duration first, Duration longest) {

  /** More doublings than any delay takes. */
  private static final int DOUBLINGS = 62;

  /** The delay after the last one; {@link #first} after none, which is {@link Duration#ZERO}. */
  public Duration next(Duration last) {
    Duration next = last.isZero() ? first : last.multipliedBy(2);
    return next.compareTo(longest) < 0 ? next : longest;
  }

  /**
   * The delay after a number of failures in a row.
   *
   * @param failures 1 after the first
   */
  public Duration after(int failures) {
    Duration delay = next(Duration.ZERO);
    for (int failed = 1; failed < Math.min(failures, DOUBLINGS); failed++) {
      delay = next(delay);
    }
    return delay;
  }
}
