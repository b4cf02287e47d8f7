package io.eventagents.audit.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far the log is on disk; what follows the log waits here. Thread-safe. */
public final class LogEnd {

  private @Nullable LogPlace place;

  /** The end of the last line that is on disk; null where the log is empty. */
  public synchronized @Nullable LogPlace get() {
    return place;
  }

  /**
   * Waits until the log has more than that, or the time is over.
   *
   * @param seen the end that is known already; null where none
   */
  public synchronized void awaitBeyond(@Nullable LogPlace seen, Duration atMost)
      throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (left > 0 && (place == null || (seen != null && place.compareTo(seen) <= 0))) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = until - System.nanoTime();
    }
  }

  synchronized void advance(LogPlace to) {
    place = to;
    notifyAll();
  }
}
