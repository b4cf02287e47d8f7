package io.eventagents.scheduling;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does a job in rounds while the application runs: the next after an interval, or at once where
 * there is more to do. Intervals are those of a steady clock, whatever is done to the computer's.
 *
 * <p>A round that fails is the end of no other; of a lasting outage the log tells once.
 */
final class Watch implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final String name;
  private final int threads;
  private final Duration interval;
  private final BooleanSupplier round;
  private volatile boolean stopping;
  private volatile boolean failing;
  private @Nullable ScheduledExecutorService timer;

  /**
   * @param name of its threads, and what the log calls it
   * @param round does some of the work and says whether there is more
   */
  Watch(String name, int threads, Duration interval, BooleanSupplier round) {
    this.name = name;
    this.threads = threads;
    this.interval = interval;
    this.round = round;
  }

  private void rounds() {
    try {
      while (!stopping && round.getAsBoolean()) {
        failing = false;
      }
      if (failing) {
        failing = false;
        log.info("{} goes on", name);
      }
    } catch (RuntimeException | Error e) { // a scheduled task that throws is never run again
      if (stopping) {
        log.debug("{} was interrupted", name, e);
      } else if (failing) {
        log.debug("{} fails, again in {}", name, interval, e);
      } else {
        failing = true;
        log.warn("{} fails, again every {}: {}", name, interval, String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public synchronized void start() {
    if (timer != null) {
      return;
    }
    stopping = false;
    timer =
        Executors.newScheduledThreadPool(
            threads, Thread.ofPlatform().daemon().name(name + "-", 1).factory());
    for (int i = 0; i < threads; i++) {
      // It ends with the timer alone, since no round throws.
      Future<?> unused =
          timer.scheduleWithFixedDelay(this::rounds, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public synchronized void stop() {
    stopping = true;
    if (timer != null) {
      timer.shutdown();
      try {
        if (!timer.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
          timer.shutdownNow();
        }
      } catch (InterruptedException e) {
        timer.shutdownNow();
        Thread.currentThread().interrupt();
      }
      timer = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return timer != null;
  }
}
