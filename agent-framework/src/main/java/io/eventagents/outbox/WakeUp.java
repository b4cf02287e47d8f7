package io.eventagents.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one thread sleep until there is something to do; a call before the sleep counts. */
final class WakeUp {

  private final Semaphore calls = new Semaphore(0);

  void call() {
    if (calls.availablePermits() == 0) {
      calls.release();
    }
  }

  /** Returns after the time, with false, or as soon as somebody calls. */
  boolean await(Duration atMost) throws InterruptedException {
    // Whatever was called up to now is answered by one look at the table.
    boolean called = calls.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (called) {
      calls.drainPermits();
    }
    return called;
  }
}
