package io.eventagents.background;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the first failure since the last success from those that follow, and the first success
 * after it, so that a log speaks of a lasting outage once. Thread-safe.
 *
 * <pre>{@code
 * if (failing.begins()) {
 *   log.warn("The archive does not answer", e);
 * }
 * // and after a success
 * if (failing.ends()) {
 *   log.info("The archive answers again");
 * }
 * }</pre>
 */
public final class FailureOnce {

  private final AtomicBoolean failing = new AtomicBoolean();

  /** Something failed; true if nothing had since the last success. */
  public boolean begins() {
    return !failing.getAndSet(true);
  }

  /** Something succeeded; true if it had failed before. */
  public boolean ends() {
    return failing.getAndSet(false);
  }
}
