package io.eventagents.dispatch;

import java.time.Duration;

/**
 * How many events share a transaction: as many as take about a second. So slow events neither hold
 * locks for long nor exceed the poll interval, and quick events share the cost of a commit. One
 * thread at a time changes it; others may read.
 */
final class TransactionSize {

  private static final long GOAL = Duration.ofSeconds(1).toNanos();
  private static final int FIRST = 50;
  private static final int LARGEST = 1_000;

  private volatile int size = FIRST;

  int get() {
    return size;
  }

  /** Notes how long these events took together. */
  void took(int events, long nanos) {
    double each = (double) nanos / events;
    double fitting = each <= 0 ? LARGEST : GOAL / each;
    // A few quick events say little about many: the size grows step by step and shrinks at once.
    size = (int) Math.clamp(Math.min(fitting, size * 4.0), 1, LARGEST);
  }
}
