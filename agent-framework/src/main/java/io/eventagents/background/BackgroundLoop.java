package io.eventagents.background;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something over and over, in daemon threads of its own, until it is stopped. A round that
 * fails, even with an {@link Error}, is followed by the next. Time is measured by a steady clock,
 * whatever happens to the computer's. Thread-safe.
 *
 * <pre>{@code
 * BackgroundLoop loop =
 *     BackgroundLoop.named("invoice-archive")
 *         .repeating(
 *             () -> {
 *               archive.shipOne();
 *               return Duration.ofMinutes(1);   // nothing to do until then
 *             });
 * loop.start();
 * loop.wake();   // the next round comes at once
 * loop.stop();   // returns when it has ended, or after ten seconds
 * }</pre>
 *
 * <p>A {@link BackgroundService} has Spring start and stop it.
 */
public final class BackgroundLoop {

  private static final Logger log = LoggerFactory.getLogger(BackgroundLoop.class);

  private final String name;
  private final int count;
  private final Duration firstAfter;
  private final @Nullable Duration interruptAfter;
  private final Duration patience;
  private final Function<Throwable, Duration> failed;
  private final Round round;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Changed only under the lock, which each new thread takes first. */
  private volatile List<Thread> threads = List.of();

  private boolean woken;

  /** What is done over and over. */
  @FunctionalInterface
  public interface Round {

    /**
     * Does what there is to do.
     *
     * @return how long there is nothing to do, unless somebody {@linkplain #wake wakes} the loop;
     *     zero if there is more to do
     * @throws InterruptedException if it was interrupted, which ends the loop
     * @throws Exception if it failed
     */
    Duration run() throws Exception;
  }

  private BackgroundLoop(Builder builder, Round round) {
    this.name = builder.name;
    this.count = builder.count;
    this.firstAfter = builder.firstAfter;
    this.interruptAfter = builder.interruptAfter;
    this.patience = builder.patience;
    this.failed = builder.failed;
    this.round = round;
  }

  /**
   * @param name of the thread
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Begins, unless it runs. */
  public void start() {
    lock.lock();
    try {
      if (threads.isEmpty()) {
        Thread.Builder next =
            count == 0
                ? Thread.ofPlatform().daemon().name(name)
                : Thread.ofPlatform().daemon().name(name + "-", 1);
        threads = Stream.generate(() -> next.start(this::goOn)).limit(Math.max(1, count)).toList();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets the rounds that are under way end, or interrupts them, as the builder was told. Waits for
   * that, but not for ever: a thread that is too slow is left behind and begins no other round.
   */
  public void stop() {
    List<Thread> ended = end();
    try {
      if (interruptAfter != null) {
        await(ended, interruptAfter);
        ended.forEach(Thread::interrupt);
      }
      await(ended, patience);
    } catch (InterruptedException e) {
      if (interruptAfter != null) {
        ended.forEach(Thread::interrupt);
      }
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it was started, and not stopped since. A long round looks here. */
  public boolean isRunning() {
    return !threads.isEmpty();
  }

  /** Has one thread begin its next round at once: there is something to do. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits within a round. Only the end of the loop ends the wait early; a wake-up does not. */
  public void pause(Duration time) throws InterruptedException {
    pause(time, false);
  }

  private List<Thread> end() {
    lock.lock();
    try {
      List<Thread> ended = threads;
      threads = List.of();
      changed.signalAll();
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private static void await(List<Thread> ended, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    for (Thread thread : ended) {
      thread.join(Duration.ofNanos(until - System.nanoTime()));
    }
  }

  private void goOn() {
    try {
      pause(firstAfter, true);
      while (isMine()) {
        Duration idle = runOnce();
        // Only a stop ends the loop: an interrupt flag that a round left set is not meant for the
        // next.
        var unused = Thread.interrupted();
        pause(idle, true);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration runOnce() throws InterruptedException {
    try {
      return round.run();
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception | Error e) {
      if (isMine()) {
        return failed.apply(e);
      }
      log.debug("{} was stopped in a round", name, e);
      return Duration.ZERO;
    }
  }

  private void pause(Duration atMost, boolean untilWoken) throws InterruptedException {
    lock.lock();
    try {
      long left = NANOSECONDS.convert(atMost);
      while (left > 0 && isMine() && !(untilWoken && woken)) {
        left = changed.awaitNanos(left);
      }
      woken &= !untilWoken;
    } finally {
      lock.unlock();
    }
  }

  /** A thread that was too slow to stop must not go on beside its successor. */
  private boolean isMine() {
    return threads.contains(Thread.currentThread());
  }

  /** How a loop goes. Not thread-safe. */
  public static final class Builder {

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final String name;
    private int count;
    private Duration firstAfter = Duration.ZERO;
    private @Nullable Duration interruptAfter;
    private Duration patience = Duration.ofSeconds(10);
    private Function<Throwable, Duration> failed = this::tell;

    private Builder(String name) {
      this.name = name;
    }

    /** How long after the start the first round begins; at once by default. */
    public Builder firstAfter(Duration delay) {
      firstAfter = delay;
      return this;
    }

    /**
     * How many threads do rounds side by side; their names end in {@code -1}, {@code -2} and so on.
     */
    public Builder threads(int count) {
      this.count = count;
      return this;
    }

    /** How long a stop waits before it interrupts the rounds. By default it interrupts none. */
    public Builder interruptAfter(Duration patience) {
      interruptAfter = patience;
      return this;
    }

    /** How long a stop waits in the end; ten seconds by default. */
    public Builder stopWithin(Duration patience) {
      this.patience = patience;
      return this;
    }

    /**
     * @param failed reports a failed round and returns how long to wait after it. By default each
     *     failure is logged as an error, and the next round comes a minute later. A round that
     *     fails after the stop is not reported
     */
    public Builder onFailure(Function<Throwable, Duration> failed) {
      this.failed = failed;
      return this;
    }

    /** The loop, which is not started yet. */
    public BackgroundLoop repeating(Round round) {
      return new BackgroundLoop(this, round);
    }

    /**
     * A loop with an interval, which is not started yet. The log reports an outage once when it
     * begins, and once when it ends. A stop waits as long as {@link #stopWithin} says, and then
     * interrupts the rounds.
     *
     * @param round does some of the work, and says whether there is more: then the next round comes
     *     at once
     */
    public BackgroundLoop every(Duration interval, BooleanSupplier round) {
      FailureOnce failing = new FailureOnce(() -> log.info("{} goes on", name));
      return interruptAfter(patience)
          .stopWithin(Duration.ZERO)
          .onFailure(
              failure -> {
                if (failing.begins()) {
                  log.warn("{} fails and is tried again every {}", name, interval, failure);
                } else {
                  log.debug("{} still fails", name, failure);
                }
                return interval;
              })
          .repeating(
              () -> {
                boolean more = round.getAsBoolean();
                failing.ends();
                return more ? Duration.ZERO : interval;
              });
    }

    private Duration tell(Throwable failure) {
      log.error("{} failed; it is tried again in {} s", name, AFTER_FAILURE.toSeconds(), failure);
      return AFTER_FAILURE;
    }
  }
}
