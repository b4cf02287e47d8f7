package io.eventagents.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles the items of one batch, in order per key and in parallel across keys, with a bounded
 * number of workers. A key whose item waits for its next attempt holds up no worker and no other
 * key.
 *
 * @param <T> an item
 */
public final class KeyedWork<T> {

  /**
   * Does the work.
   *
   * @param <T> an item
   */
  @FunctionalInterface
  public interface Step<T> {

    /**
     * Tries an item.
     *
     * @param attempt 1 for the first
     */
    Next attempt(T item, int attempt);
  }

  /** What to do after an attempt. */
  public sealed interface Next {

    /** The item is finished or given up; the next of its key may come. */
    Next DONE = new Done();

    /** Start nothing more of the batch. */
    Next STOP = new Stop();

    /** See {@link #DONE}. */
    record Done() implements Next {}

    /** See {@link #STOP}. */
    record Stop() implements Next {}

    /**
     * Try the same item again.
     *
     * @param delay how long to wait
     */
    record Again(Duration delay) implements Next {}
  }

  private static final long LOOK_AROUND = TimeUnit.MILLISECONDS.toNanos(250);

  private static final class Lane<T> {
    private final Iterator<T> rest;
    private T item;
    private int failed;
    private long dueAt;

    Lane(List<T> items) {
      this.rest = items.iterator();
      this.item = rest.next();
    }

    boolean advance() {
      failed = 0;
      if (!rest.hasNext()) {
        return false;
      }
      item = rest.next();
      return true;
    }
  }

  private final Step<T> step;
  private final BooleanSupplier takesMore;
  private final BooleanSupplier abandons;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Lane<T>> lanes = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final PriorityQueue<Lane<T>> waiting =
      new PriorityQueue<>(Comparator.comparingLong((Lane<T> lane) -> lane.dueAt));
  private volatile boolean stopped;
  private @Nullable Throwable broken;

  /**
   * @param keys the items of each key, in order; none empty
   * @param takesMore asked before an item is tried for the first time; once false, only items that
   *     already failed go on
   * @param abandons whether items that wait for their next attempt are abandoned too; checked every
   *     quarter of a second
   */
  public KeyedWork(
      Iterable<List<T>> keys, Step<T> step, BooleanSupplier takesMore, BooleanSupplier abandons) {
    this.step = step;
    this.takesMore = takesMore;
    this.abandons = abandons;
    for (List<T> items : keys) {
      lanes.add(new Lane<>(items));
    }
    open.set(lanes.size());
  }

  /**
   * Works until every item is finished or the work was stopped. The calling thread is one of the
   * workers.
   *
   * @param workers how many keys are handled at a time, at most
   * @param others runs the other workers
   */
  public void run(int workers, Executor others) {
    int besides = Math.min(workers, lanes.size()) - 1;
    CountDownLatch left = new CountDownLatch(Math.max(0, besides));
    // Made before the first one starts: after that, nothing may leave this method early.
    List<Worker> helpers = new ArrayList<>(Math.max(0, besides));
    for (int i = 0; i < besides; i++) {
      helpers.add(new Worker(left));
    }
    for (int i = 0; i < besides; i++) {
      try {
        others.execute(helpers.get(i));
      } catch (RuntimeException | Error e) {
        // The application is stopping, or there is no memory for another thread. This thread and
        // those that were started do the work.
        helpers.get(i).stayAway();
      }
    }
    work();
    awaitUninterruptibly(left);
    if (broken instanceof Error error) {
      throw error;
    }
    if (broken instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /**
   * One of the other workers. An executor may keep a task although it failed to start a thread for
   * it. So a worker either works or is counted as absent, but never both.
   */
  private final class Worker implements Runnable {

    private final AtomicBoolean decided = new AtomicBoolean();
    private final CountDownLatch left;

    Worker(CountDownLatch left) {
      this.left = left;
    }

    @Override
    public void run() {
      if (decided.compareAndSet(false, true)) {
        try {
          work();
        } finally {
          left.countDown();
        }
      }
    }

    void stayAway() {
      if (decided.compareAndSet(false, true)) {
        left.countDown();
      }
    }
  }

  private void work() {
    try {
      for (Lane<T> lane = take(); lane != null; lane = take()) {
        work(lane);
      }
    } catch (RuntimeException | Error e) {
      stop(e);
    }
  }

  private void work(Lane<T> lane) {
    do {
      if (stopped || (lane.failed == 0 && !takesMore.getAsBoolean())) {
        close();
        return;
      }
      switch (step.attempt(lane.item, lane.failed + 1)) {
        case Next.Done done -> {}
        case Next.Stop stop -> {
          stop(null);
          close();
          return;
        }
        case Next.Again again -> {
          lane.failed++;
          lane.dueAt = System.nanoTime() + again.delay().toNanos();
          postpone(lane);
          return;
        }
      }
    } while (lane.advance());
    close();
  }

  /**
   * Takes lanes that were not begun without a lock: in a batch without failures, no worker waits
   * for another.
   */
  private @Nullable Lane<T> take() {
    if (stopped) {
      return null;
    }
    int next = begun.getAndIncrement();
    return next < lanes.size() ? lanes.get(next) : takeWaiting();
  }

  private @Nullable Lane<T> takeWaiting() {
    lock.lock();
    try {
      while (true) {
        if (stopped || open.get() == 0) {
          return null;
        }
        Lane<T> next = waiting.peek();
        long wait = next == null ? Long.MAX_VALUE : next.dueAt - System.nanoTime();
        if (next != null && wait <= 0) {
          return waiting.poll();
        }
        if (abandons.getAsBoolean() || !sleep(Math.min(wait, LOOK_AROUND))) {
          stopped = true;
          changed.signalAll();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
  private boolean sleep(long nanos) {
    try {
      var unused = changed.awaitNanos(nanos);
      return true;
    } catch (InterruptedException e) {
      // The container is being stopped by force; what is unfinished comes again.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void postpone(Lane<T> lane) {
    lock.lock();
    try {
      waiting.add(lane);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void close() {
    if (open.decrementAndGet() == 0) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void stop(@Nullable Throwable cause) {
    lock.lock();
    try {
      stopped = true;
      if (broken == null) {
        broken = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        // A worker in the middle of an event finishes it. Otherwise nobody would know what became
        // of it.
        if (latch.await(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
