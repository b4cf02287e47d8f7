package io.eventagents.poll;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Replaces polls while a consumer leaves the broker alone. Like a poll, it ends early on a wake-up
 * or an interrupt. Thread-safe.
 */
final class PollPause {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private long until = System.nanoTime();
  private boolean resting;
  private boolean wakeup;

  /** Begins a pause of this length. */
  void begin(Duration duration) {
    lock.lock();
    try {
      until = System.nanoTime() + duration.toNanos();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the broker can be asked again. */
  boolean isOver() {
    return System.nanoTime() - until >= 0;
  }

  /**
   * Waits for the end of the pause.
   *
   * @param atMost as long as a poll may take
   * @throws WakeupException if it is woken up
   */
  void take(Duration atMost) {
    lock.lock();
    try {
      resting = true;
      long left = Math.min(atMost.toNanos(), until - System.nanoTime());
      while (!wakeup && left > 0) {
        left = woken.awaitNanos(left);
      }
      if (wakeup) {
        throw new WakeupException();
      }
    } catch (InterruptedException e) {
      // This exception sets the thread's flag again, as the client's own polls do.
      throw new InterruptException(e);
    } finally {
      resting = false;
      wakeup = false;
      lock.unlock();
    }
  }

  /** Ends a wait that is under way; returns false if there is none. */
  boolean wakeup() {
    lock.lock();
    try {
      wakeup = resting;
      woken.signalAll();
      return wakeup;
    } finally {
      lock.unlock();
    }
  }
}
