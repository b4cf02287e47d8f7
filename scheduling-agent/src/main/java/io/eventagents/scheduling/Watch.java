package io.eventagents.scheduling;

import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.FailureOnce;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a job while the application runs: after an interval, or at once if there is more to do.
 * The log reports a lasting outage once.
 */
final class Watch {

  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final String name;
  private final Duration interval;
  private final BooleanSupplier round;
  private final FailureOnce failing = new FailureOnce();
  private final BackgroundLoop loop;

  private Watch(String name, int threads, Duration interval, BooleanSupplier round) {
    this.name = name;
    this.interval = interval;
    this.round = round;
    this.loop =
        BackgroundLoop.named(name)
            .threads(threads)
            .interruptAfter(LONGEST_STOP)
            .stopWithin(Duration.ZERO)
            .onFailure(this::failed)
            .repeating(this::round);
  }

  /**
   * @param name the name of its threads, also in the log
   * @param round does some of the work and says whether there is more
   */
  static BackgroundLoop of(String name, int threads, Duration interval, BooleanSupplier round) {
    return new Watch(name, threads, interval, round).loop;
  }

  private Duration round() {
    boolean more = round.getAsBoolean();
    if (failing.ends()) {
      log.info("{} goes on", name);
    }
    return more ? Duration.ZERO : interval;
  }

  private Duration failed(Throwable e) {
    if (!loop.isRunning()) {
      log.debug("{} was interrupted", name, e);
    } else if (failing.begins()) {
      log.warn(
          "{} fails and is tried again every {}: {}",
          name,
          interval,
          String.valueOf(e.getMessage()));
    } else {
      log.debug("{} fails and is tried again in {}", name, interval, e);
    }
    return interval;
  }
}
