package io.eventagents.audit.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far the log is on disk; what follows the log waits here. Thread-safe. */
public final class LogEnd {

  private @Nullable LogPlace place;
  private @Nullable String restartedFrom;
  private int restarts;

  /** The end of the last line that is on disk; null if the log is empty. */
  public synchronized @Nullable LogPlace get() {
    return place;
  }

  /**
   * Waits until the log has more than that, or the time is over.
   *
   * @param seen the end that is known already; null if none
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

  /** How often the log went on from another end than it had. */
  public synchronized int restarts() {
    return restarts;
  }

  /** The first file that may hold other lines since the last restart; null if there was none. */
  public synchronized @Nullable String restartedFrom() {
    return restartedFrom;
  }

  /**
   * The log goes on from another end than it had.
   *
   * @param before what it had; null if it was empty
   * @param now what it has; null if it is empty
   */
  synchronized void restart(@Nullable LogPlace before, @Nullable LogPlace now) {
    restarts++;
    String former = before == null ? "" : before.file();
    String found = now == null ? "" : now.file();
    restartedFrom = former.compareTo(found) < 0 ? former : found;
    place = now;
    notifyAll();
  }

  synchronized void advance(LogPlace to) {
    place = to;
    notifyAll();
  }
}
