package io.eventagents.background;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the first failure since the last success, and the first success after it, from those that
 * follow, so that a log reports a lasting outage once. Thread-safe.
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

  /** Notes a failure; returns true if nothing had failed since the last success. */
  public boolean begins() {
    return !failing.getAndSet(true);
  }

  /** Notes a success; returns true if something had failed before it. */
  public boolean ends() {
    return failing.getAndSet(false);
  }
}
