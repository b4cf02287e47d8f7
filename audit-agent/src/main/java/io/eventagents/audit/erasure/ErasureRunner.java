package io.eventagents.audit.erasure;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries erasures out in the background, one after the other. What fails is tried again until it
 * succeeds; the others wait meanwhile.
 */
final class ErasureRunner implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ErasureRunner.class);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private final ErasureStore store;
  private final ErasureWork work;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private @Nullable Thread thread;
  private boolean woken;

  ErasureRunner(ErasureStore store, ErasureWork work) {
    this.store = store;
    this.work = work;
  }

  @Override
  public void start() {
    lock.lock();
    try {
      if (thread == null) {
        thread = Thread.ofPlatform().name("audit-erasure").daemon().start(this::keepUp);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    Thread stopped;
    lock.lock();
    try {
      stopped = thread;
      thread = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (stopped != null) {
      try {
        stopped.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    lock.lock();
    try {
      return thread != null;
    } finally {
      lock.unlock();
    }
  }

  /** There is something new to do. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void keepUp() {
    Duration delay = FIRST_DELAY;
    boolean failing = false;
    while (isRunning()) {
      @Nullable String id = null;
      try {
        Optional<Erasure> next = store.next();
        if (next.isEmpty()) {
          pause(LOOK_AGAIN, true);
        } else {
          id = next.get().id();
          work.carryOut(next.get(), this::isRunning);
        }
        delay = FIRST_DELAY;
        failing = false;
      } catch (CancellationException stopped) {
        log.debug("{}", stopped.getMessage());
      } catch (IOException | RuntimeException | Error e) {
        if (!failing) {
          failing = true;
          log.warn("An erasure cannot go on, and is tried again until it can", e);
        }
        tell(id, e);
        pause(delay, false);
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
      }
    }
  }

  private void tell(@Nullable String id, Throwable failure) {
    if (id == null) {
      return;
    }
    try {
      store.fail(id, String.valueOf(failure.getMessage()).replace('\0', ' '));
    } catch (RuntimeException e) {
      log.debug("The database does not take that either", e);
    }
  }

  private void pause(Duration atMost, boolean untilWoken) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (left > 0 && thread != null && !(untilWoken && woken)) {
        left = changed.awaitNanos(left);
      }
      woken = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
