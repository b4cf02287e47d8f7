package io.eventagents.audit.evidence;

import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.verification.BrokerEvidence;
import io.eventagents.audit.verification.LogVerifier;
import io.eventagents.audit.verification.Verdict;
import io.eventagents.audit.verification.VerificationResult;
import io.eventagents.background.BackgroundLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Verifies the running log: at intervals, slowly enough not to be noticed, and when somebody asks
 * for it, as fast as it goes. One at a time. Thread-safe.
 *
 * <pre>{@code
 * verifications.verifyNow();
 * verifications.progress();   // empty if none is running
 * verifications.last();       // the last that ended
 * }</pre>
 */
public final class Verifications implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Verifications.class);

  /** After a start there is more urgent work. */
  private static final Duration FIRST_DELAY = Duration.ofMinutes(1);

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  /** How often, and after how long, the log is looked at again while erasures change it. */
  private static final int AGAIN = 20;

  private static final Duration ERASURES_TAKE = Duration.ofSeconds(3);

  private final LogDirectory directory;
  private final LastVerification kept;
  private final Supplier<Optional<BrokerEvidence>> broker;
  private final @Nullable IndexComparison index;
  private final Duration interval;
  private final long bytesPerSecond;
  private final Clock clock;

  private final Lock lock = new ReentrantLock();
  private final BackgroundLoop background =
      BackgroundLoop.named("audit-verification")
          .interruptAfter(Duration.ZERO)
          .repeating(this::round);
  private boolean asked;
  private @Nullable Instant notBefore;
  private volatile boolean hurried;
  private volatile @Nullable VerificationProgress progress;
  private volatile @Nullable VerificationResult last;
  private volatile @Nullable String failure;

  /**
   * @param broker what the broker says; empty if there is none
   * @param index compares the index with the log; null if there is none
   * @param interval how often the whole log is verified
   * @param bytesPerSecond how fast, where nobody asked for it
   */
  Verifications(
      LogDirectory directory,
      Supplier<Optional<BrokerEvidence>> broker,
      @Nullable IndexComparison index,
      Duration interval,
      long bytesPerSecond,
      Clock clock,
      MeterRegistry meters) {
    this.directory = directory;
    this.kept = new LastVerification(directory);
    this.broker = broker;
    this.index = index;
    this.interval = interval;
    this.bytesPerSecond = bytesPerSecond;
    this.clock = clock;
    this.last = kept.load();
    Gauge.builder("audit.verification.changes", this, it -> it.count(VerificationResult::unchanged))
        .description("Deviations of the audit log from what was written")
        .register(meters);
    Gauge.builder("audit.verification.holes", this, it -> it.count(VerificationResult::complete))
        .description("Records that the audit log lacks")
        .register(meters);
    Gauge.builder("audit.verification.age", this, Verifications::age)
        .description("How long ago the audit log was verified")
        .baseUnit("seconds")
        .register(meters);
  }

  /**
   * Starts a verification, unless one is running, which then goes on as fast as it can.
   *
   * @return false where one was running already
   */
  public boolean verifyNow() {
    lock.lock();
    try {
      boolean idle = progress == null && !asked;
      asked = true;
      hurried = true;
      background.wake();
      return idle;
    } finally {
      lock.unlock();
    }
  }

  /** How far the one has come that is running; empty if none is. */
  public Optional<VerificationProgress> progress() {
    return Optional.ofNullable(progress);
  }

  /** The last one that ended with a result. */
  public Optional<VerificationResult> last() {
    return Optional.ofNullable(last);
  }

  /** Why the last one ended without a result; empty if it did not. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void start() {
    lock.lock();
    try {
      if (!background.isRunning()) {
        notBefore = clock.instant().plus(FIRST_DELAY);
        background.start();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    background.stop();
  }

  @Override
  public boolean isRunning() {
    return background.isRunning();
  }

  private Duration round() throws InterruptedException {
    Duration left = begin();
    if (left.isPositive()) {
      // Shortly, since clocks are set.
      return left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : left;
    }
    verify();
    return Duration.ZERO;
  }

  /** Begins one that is asked for or due, unless there is time left until it is. */
  private Duration begin() {
    lock.lock();
    try {
      Duration left = asked ? Duration.ZERO : untilNext();
      if (!left.isPositive()) {
        hurried = asked;
        asked = false;
        progress = new VerificationProgress(clock.instant(), 0, 0);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  private Duration untilNext() {
    VerificationResult before = last;
    Instant next = before == null ? Instant.MIN : before.finishedAt().plus(interval);
    Instant earliest = notBefore;
    if (earliest != null && next.isBefore(earliest)) {
      next = earliest;
    }
    return Duration.between(clock.instant(), next);
  }

  private void verify() throws InterruptedException {
    VerificationProgress begun = progress;
    Instant startedAt = begun == null ? clock.instant() : begun.startedAt();
    try {
      VerificationResult result = verifyLog(startedAt);
      for (int again = 0; result.onlyAwaitsErasures() && again < AGAIN; again++) {
        log.info("An erasure is under way: the audit log is verified once more");
        Thread.sleep(ERASURES_TAKE);
        result = verifyLog(startedAt);
      }
      IndexComparison comparison = index;
      if (comparison != null) {
        result = result.withIndex(compareIndex(comparison, startedAt, result.extent().bytes()));
      }
      last = result;
      failure = null;
      kept.keep(result);
      tell(result);
    } catch (Interrupted e) {
      throw new InterruptedException();
    } catch (IOException | RuntimeException | Error e) {
      failure = String.valueOf(e.getMessage());
      log.error("The audit log could not be verified; it is tried again", e);
    } finally {
      lock.lock();
      try {
        progress = null;
        notBefore = clock.instant().plus(FIRST_DELAY);
      } finally {
        lock.unlock();
      }
    }
  }

  private VerificationResult verifyLog(Instant startedAt) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int passes = index == null ? 1 : 2;
    return new LogVerifier(
            directory.path(),
            null,
            List.of(),
            broker.get().orElse(null),
            // There is room for the log: elsewhere there may be none for its ids.
            directory.path(),
            clock)
        .verify(
            (bytes, of) -> {
              progress = new VerificationProgress(startedAt, bytes, passes * of);
              slowDown(begin, bytes);
            });
  }

  private @Nullable Verdict compareIndex(
      IndexComparison comparison, Instant startedAt, long logBytes) throws IOException {
    long begin = System.nanoTime();
    return comparison.compare(
        bytes -> {
          progress =
              new VerificationProgress(
                  startedAt, logBytes + Math.min(bytes, logBytes), 2 * logBytes);
          try {
            slowDown(begin, bytes);
          } catch (InterruptedException e) {
            throw new Interrupted();
          }
        });
  }

  /** Through what knows of no interruption. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void slowDown(long begin, long bytes) throws InterruptedException {
    while (!hurried) {
      double ahead = (double) bytes / bytesPerSecond - (System.nanoTime() - begin) / 1e9;
      if (ahead <= 0) {
        break;
      }
      Thread.sleep((long) Math.min(500, ahead * 1000 + 1));
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void tell(VerificationResult result) {
    if (result.unchanged().holds() && !result.breaks().isEmpty()) {
      log.warn(
          "The audit log is unchanged: {} lines; but for what was stated to be missing: {}",
          result.extent().lines(),
          result.breaks());
    } else if (result.unchanged().holds()) {
      log.info("The audit log is unchanged: {} lines", result.extent().lines());
    } else {
      log.error(
          "The audit log was CHANGED, in {} places; the first: {}",
          result.unchanged().deviations(),
          result.unchanged().first().getFirst());
    }
    Verdict indexed = result.index();
    if (indexed != null && !indexed.holds()) {
      log.error(
          "The index does not say what the audit log says; make it again by reindexing. The first: {}",
          indexed.first().getFirst());
    }
    if (!result.complete().holds()) {
      log.error(
          "The audit log is not complete, in {} places; the first: {}",
          result.complete().deviations(),
          result.complete().first().getFirst());
    }
  }

  private double count(Function<VerificationResult, Verdict> verdict) {
    VerificationResult result = last;
    return result == null ? Double.NaN : verdict.apply(result).deviations();
  }

  private double age() {
    VerificationResult result = last;
    return result == null
        ? Double.NaN
        : Duration.between(result.finishedAt(), clock.instant()).toSeconds();
  }
}
