package io.eventagents.background;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something over and over, in a thread of its own, until it is stopped. A round that fails,
 * even by an {@link Error}, is followed by the next. Thread-safe.
 *
 * <pre>{@code
 * BackgroundLoop loop = new BackgroundLoop("audit-archive", this::round);
 * loop.start();
 * loop.wake();   // the next round comes at once
 * loop.stop();   // returns when it has ended, or after ten seconds
 * }</pre>
 */
public final class BackgroundLoop {

  private static final Logger log = LoggerFactory.getLogger(BackgroundLoop.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  private final String name;
  private final Round round;
  private final Duration patience;
  private final Duration afterFailure;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private @Nullable Thread thread;
  private boolean woken;

  /** What is done over and over. */
  @FunctionalInterface
  public interface Round {

    /**
     * Does what there is to do.
     *
     * @return how long there is nothing to do, unless somebody {@linkplain #wake wakes} it
     * @throws InterruptedException where it was interrupted, which ends the work
     */
    Duration run() throws InterruptedException;
  }

  /**
   * @param name of the thread
   */
  public BackgroundLoop(String name, Round round) {
    this(name, round, PATIENCE, AFTER_FAILURE);
  }

  /**
   * @param patience how long a stop waits
   * @param afterFailure how long to wait after a round that failed
   */
  BackgroundLoop(String name, Round round, Duration patience, Duration afterFailure) {
    this.name = name;
    this.round = round;
    this.patience = patience;
    this.afterFailure = afterFailure;
  }

  /** Begins, unless it runs. */
  public void start() {
    lock.lock();
    try {
      if (thread == null) {
        thread = Thread.ofPlatform().name(name).daemon().start(this::goOn);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the round that is under way come to its end, and waits for that; not for ever, since a
   * round that looks for {@link #isRunning} too seldom must not keep the process.
   */
  public void stop() {
    await(end());
  }

  /** The same where a round may be interrupted. */
  public void interrupt() {
    Thread ended = end();
    if (ended != null) {
      ended.interrupt();
    }
    await(ended);
  }

  /** Whether it was started, and not stopped since. A long round looks here. */
  public boolean isRunning() {
    lock.lock();
    try {
      return thread != null;
    } finally {
      lock.unlock();
    }
  }

  /** There is something to do: the next round begins at once. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits within a round, whoever wakes it meanwhile or did before; ends early only with the work.
   */
  public void pause(Duration time) throws InterruptedException {
    pause(time, false);
  }

  private @Nullable Thread end() {
    lock.lock();
    try {
      Thread ended = thread;
      thread = null;
      changed.signalAll();
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private void await(@Nullable Thread ended) {
    if (ended == null) {
      return;
    }
    try {
      ended.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void goOn() {
    try {
      while (isMine()) {
        pause(runOnce(), true);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration runOnce() throws InterruptedException {
    try {
      return round.run();
    } catch (RuntimeException | Error e) {
      log.error("{} failed; it is tried again in {} s", name, afterFailure.toSeconds(), e);
      return afterFailure;
    }
  }

  private void pause(Duration atMost, boolean untilWoken) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (left > 0 && isMine() && !(untilWoken && woken)) {
        left = changed.awaitNanos(left);
      }
      woken = false;
    } finally {
      lock.unlock();
    }
  }

  /** One that was too slow to stop must not go on beside its successor. */
  private boolean isMine() {
    lock.lock();
    try {
      return thread == Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }
}
