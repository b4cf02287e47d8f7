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
 * Carries erasures out in the background, one after the other. What fails is tried again, after a
 * growing delay, until it succeeds; the others go on meanwhile.
 */
final class ErasureRunner implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ErasureRunner.class);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Backoff DELAYS = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final ErasureStore store;
  private final ErasureWork work;
  private final BackgroundLoop background =
      BackgroundLoop.named("audit-erasure").repeating(this::round);

  /** Those that cannot go on at present, by their ids. */
  private final Map<String, Failing> failing = new HashMap<>();

  /** Of what fails before it is known which erasure is next. */
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

  /** There is something new to do. */
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
        log.warn("Erasures cannot be looked up, and are later", e);
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
        log.warn("The erasure {} cannot go on, and is tried again until it can", erasure.id(), e);
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
      log.debug("The database does not take that either", e);
    }
  }

  /**
   * How long what failed waits.
   *
   * @param since by {@link System#nanoTime}
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
