package io.eventagents.dispatch;

import io.eventagents.background.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long to leave something alone that is down: longer each time, up to half a minute, or as long
 * as it asked for.
 */
public final class OutageBackoff {

  private static final Backoff DELAYS = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  private @Nullable String dependency;
  private Duration delay = Duration.ZERO;

  /** Whether nothing is down. */
  public synchronized boolean isOver() {
    return dependency == null;
  }

  /**
   * Notes that it is down again.
   *
   * @param unavailable what is down
   * @param retryAfter how long it asked to be left alone
   * @return how long to wait
   */
  public synchronized Duration next(String unavailable, @Nullable Duration retryAfter) {
    dependency = unavailable;
    delay = DELAYS.next(delay);
    return retryAfter != null && retryAfter.compareTo(delay) > 0 ? retryAfter : delay;
  }

  /** Notes that it is back. Returns what was down; once. */
  public synchronized Optional<String> over() {
    Optional<String> back = Optional.ofNullable(dependency);
    dependency = null;
    delay = Duration.ZERO;
    return back;
  }
}
