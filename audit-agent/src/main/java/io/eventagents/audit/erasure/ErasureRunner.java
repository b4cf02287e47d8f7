package io.eventagents.audit.erasure;

import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Carries out erasures in the background, one after the other. An erasure that fails is tried again
 * until it succeeds, after a growing delay; the others continue meanwhile.
 */
final class ErasureRunner implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ErasureRunner.class);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Backoff DELAYS = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final ErasureStore store;
  private final ErasureWork work;
  private final BackgroundLoop background =
      BackgroundLoop.named("audit-erasure").repeating(this::round);

  /** The erasures that cannot continue at present, by id. */
  private final Map<String, Failing> failing = new HashMap<>();

  /** Whether the query for the next erasure fails. */
  private Failing asking = Failing.NEVER;

  ErasureRunner(ErasureStore store, ErasureWork work) {
    this.store = store;
    this.work = work;
  }

  @Override
  public void start() {
    background.start();
  }

  @Override
  public void stop() {
    background.stop();
  }

  @Override
  public boolean isRunning() {
    return background.isRunning();
  }

  /** Starts the next round at once. */
  void wake() {
    background.wake();
  }

  private Duration round() throws InterruptedException {
    Optional<Erasure> next;
    try {
      next = store.next(postponed());
      asking = Failing.NEVER;
    } catch (RuntimeException | Error e) {
      asking = asking.again();
      if (asking.delay().equals(DELAYS.first())) {
        log.warn("Erasures cannot be looked up; they are carried out later", e);
      }
      background.pause(asking.delay());
      return Duration.ZERO;
    }
    if (next.isEmpty()) {
      return untilNext();
    }
    carryOut(next.get());
    return Duration.ZERO;
  }

  private void carryOut(Erasure erasure) {
    try {
      work.carryOut(erasure, this::isRunning);
      failing.remove(erasure.id());
    } catch (CancellationException stopped) {
      log.debug("{}", stopped.getMessage());
    } catch (IOException | RuntimeException | Error e) {
      Failing again = failing.getOrDefault(erasure.id(), Failing.NEVER).again();
      if (failing.put(erasure.id(), again) == null) {
        log.warn("The erasure {} cannot continue; it is tried again until it can", erasure.id(), e);
      }
      tell(erasure.id(), e);
    }
  }

  private Set<String> postponed() {
    long now = System.nanoTime();
    return failing.entrySet().stream()
        .filter(one -> one.getValue().left(now) > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Duration untilNext() {
    long now = System.nanoTime();
    long nanos =
        failing.values().stream()
            .mapToLong(one -> Math.max(0, one.left(now)))
            .min()
            .orElse(Long.MAX_VALUE);
    return Duration.ofNanos(Math.min(nanos, LOOK_AGAIN.toNanos()));
  }

  private void tell(String id, Throwable failure) {
    try {
      store.fail(id, String.valueOf(failure.getMessage()).replace('\0', ' '));
    } catch (RuntimeException e) {
      log.debug("The database cannot note the failure either", e);
    }
  }

  /**
   * How long something that failed waits.
   *
   * @param since the time of the failure, by {@link System#nanoTime}
   */
  private record Failing(Duration delay, long since) {

    static final Failing NEVER = new Failing(Duration.ZERO, 0);

    Failing again() {
      return new Failing(DELAYS.next(delay), System.nanoTime());
    }

    long left(long now) {
      return delay.toNanos() - (now - since);
    }
  }
}
