package io.eventagents.background;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the first failure since the last success from those that follow, and reports the first
 * success after it, so that a log has a lasting outage once, and its end. Thread-safe.
 *
 * <pre>{@code
 * FailureOnce failing = new FailureOnce(() -> log.info("The archive answers again"));
 *
 * if (failing.begins()) {
 *   log.warn("The archive does not answer", e);
 * }
 * // and after a success
 * failing.ends();
 * }</pre>
 */
public final class FailureOnce {

  private final Runnable over;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * @param over logs that the outage is over
   */
  public FailureOnce(Runnable over) {
    this.over = over;
  }

  /** Notes a failure; returns true if nothing had failed since the last success. */
  public boolean begins() {
    return !failing.getAndSet(true);
  }

  /** Notes a success, and reports it if something had failed before it. */
  public void ends() {
    if (failing.getAndSet(false)) {
      over.run();
    }
  }
}
