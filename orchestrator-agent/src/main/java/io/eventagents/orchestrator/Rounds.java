package io.eventagents.orchestrator;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Work that is done again and again while the application runs, by a thread of its own. */
final class Rounds implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final long LONGEST_STOP_SECONDS = 10;

  private final String name;
  private final Duration startDelay;
  private final Duration interval;
  private final Runnable round;
  private boolean failing;
  private @Nullable ScheduledExecutorService executor;

  /**
   * @param name of the thread
   * @param startDelay how long after the start the first round is
   * @param interval how long after a round the next one is
   * @param round one round; where it fails, the next one comes all the same
   */
  Rounds(String name, Duration startDelay, Duration interval, Runnable round) {
    this.name = name;
    this.startDelay = startDelay;
    this.interval = interval;
    this.round = round;
  }

  @Override
  public synchronized void start() {
    if (executor == null) {
      ScheduledExecutorService starting =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name(name).daemon().factory());
      var unused =
          starting.scheduleWithFixedDelay(
              this::goRound, startDelay.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
      executor = starting;
    }
  }

  private void goRound() {
    try {
      round.run();
      failing = false;
    } catch (RuntimeException | Error e) { // a scheduled task that throws is never run again
      if (!failing) {
        log.warn("{} failed, and is tried again every {} ms", name, interval.toMillis(), e);
      }
      failing = true;
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService stopping;
    synchronized (this) {
      stopping = executor;
      executor = null;
    }
    if (stopping != null) {
      stopping.shutdown();
      try {
        if (!stopping.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
          stopping.shutdownNow();
        }
      } catch (InterruptedException e) {
        stopping.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return executor != null;
  }
}
