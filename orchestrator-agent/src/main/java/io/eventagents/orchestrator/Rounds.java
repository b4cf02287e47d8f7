package io.eventagents.orchestrator;

import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.BackgroundService;
import io.eventagents.background.FailureOnce;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that a thread of its own repeats while the application runs. */
final class Rounds {

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private Rounds() {}

  /**
   * @param name of the thread
   * @param startDelay how long after the start the first round begins
   * @param interval how long after a round the next one begins
   * @param round does one round; if it fails, the next one still comes
   */
  static BackgroundService of(String name, Duration startDelay, Duration interval, Runnable round) {
    FailureOnce failing = new FailureOnce();
    return new BackgroundService(
        BackgroundLoop.named(name)
            .firstAfter(startDelay)
            .interruptAfter(LONGEST_STOP)
            .stopWithin(Duration.ZERO)
            .onFailure(
                e -> {
                  if (failing.begins()) {
                    log.warn(
                        "{} failed and is tried again every {} ms", name, interval.toMillis(), e);
                  }
                  return interval;
                })
            .repeating(
                () -> {
                  round.run();
                  failing.ends();
                  return interval;
                }));
  }
}
