package io.eventagents.audit.erasure;

import io.eventagents.audit.background.BackgroundWork;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
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
  private final BackgroundWork background = new BackgroundWork("audit-erasure", this::round);

  private Duration delay = FIRST_DELAY;
  private boolean failing;

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

  /** There is something new to do. It waits too while another cannot go on. */
  void wake() {
    background.wake();
  }

  private Duration round() throws InterruptedException {
    @Nullable String id = null;
    try {
      Optional<Erasure> next = store.next();
      if (next.isPresent()) {
        id = next.get().id();
        work.carryOut(next.get(), this::isRunning);
      }
      delay = FIRST_DELAY;
      failing = false;
      return next.isPresent() ? Duration.ZERO : LOOK_AGAIN;
    } catch (CancellationException stopped) {
      log.debug("{}", stopped.getMessage());
      return Duration.ZERO;
    } catch (IOException | RuntimeException | Error e) {
      if (!failing) {
        failing = true;
        log.warn("An erasure cannot go on, and is tried again until it can", e);
      }
      tell(id, e);
      background.pause(nextDelay());
      return Duration.ZERO;
    }
  }

  private Duration nextDelay() {
    Duration now = delay;
    Duration doubled = now.multipliedBy(2);
    delay = doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
    return now;
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
}
