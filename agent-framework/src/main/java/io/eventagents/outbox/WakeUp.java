package io.eventagents.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one thread sleep until there is something to do. A call before the sleep counts. */
final class WakeUp {

  private final Semaphore calls = new Semaphore(0);

  void call() {
    if (calls.availablePermits() == 0) {
      calls.release();
    }
  }

  /** Waits for a call; false if none came in time. */
  boolean await(Duration atMost) throws InterruptedException {
    // One look at the table answers all calls up to now.
    boolean called = calls.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (called) {
      calls.drainPermits();
    }
    return called;
  }
}
