package io.eventagents.web;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Allows a number at once and a number per minute. Not thread-safe. */
final class Allowance {

  private static final double MINUTE = Duration.ofMinutes(1).toNanos();

  private final double most;
  private final double nanosEach;
  private final LongSupplier nanos;
  private double left;
  private long filledAt;

  Allowance(int atOnce, int aMinute, LongSupplier nanos) {
    this.most = atOnce;
    this.nanosEach = MINUTE / aMinute;
    this.nanos = nanos;
    this.left = atOnce;
    this.filledAt = nanos.getAsLong();
  }

  /** Takes one; false if there is none. */
  boolean take() {
    fill();
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }

  /** How long until there is one; zero if there is one now. */
  Duration untilNext() {
    fill();
    return left >= 1 ? Duration.ZERO : Duration.ofNanos((long) ((1 - left) * nanosEach) + 1);
  }

  boolean isFull() {
    fill();
    return left >= most;
  }

  private void fill() {
    long now = nanos.getAsLong();
    left = Math.min(most, left + (now - filledAt) / nanosEach);
    filledAt = now;
  }
}
