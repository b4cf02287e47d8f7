package io.eventagents.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the calls to the issuer of tokens. Anybody can send a token, and each may lead to a call.
 * So only a few threads call at a time, and while the issuer does not answer, only one does, every
 * few seconds. All other requests are told at once to come again.
 *
 * <p>Thread-safe.
 */
final class IssuerGate {

  private static final Logger log = LoggerFactory.getLogger(IssuerGate.class);

  /** How long the issuer is left alone after a failure. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int ABREAST = 20;
  private static final Duration QUEUE = Duration.ofSeconds(1);

  private final Predicate<RuntimeException> unavailable;
  private final LongSupplier nanos;
  private final Semaphore places = new Semaphore(ABREAST);
  private final Semaphore trial = new Semaphore(1);

  /** When it may be tried again; null while the issuer answers. */
  private final AtomicReference<@Nullable Long> tryAgainAt;

  /**
   * @param unavailable whether a failure means that the issuer was not reached, and says nothing
   *     about the token
   */
  IssuerGate(Predicate<RuntimeException> unavailable, LongSupplier nanos) {
    this.unavailable = unavailable;
    this.nanos = nanos;
    this.tryAgainAt = new AtomicReference<>(nanos.getAsLong()); // it has not answered yet
  }

  /**
   * Asks about a token.
   *
   * @throws IssuerUnavailableException if the issuer cannot be asked
   */
  <T> T ask(Supplier<T> question) {
    Long again = tryAgainAt.get();
    if (again == null) {
      return abreast(question);
    }
    if (nanos.getAsLong() - again < 0 || !trial.tryAcquire()) {
      throw new IssuerUnavailableException("The token issuer does not answer");
    }
    try {
      return answered(question);
    } finally {
      trial.release();
    }
  }

  private <T> T abreast(Supplier<T> question) {
    try {
      if (!places.tryAcquire(QUEUE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IssuerUnavailableException("The token issuer is slow");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IssuerUnavailableException("Interrupted", e);
    }
    try {
      return answered(question);
    } finally {
      places.release();
    }
  }

  private <T> T answered(Supplier<T> question) {
    try {
      T answer = question.get();
      reached();
      return answer;
    } catch (RuntimeException failure) {
      if (unavailable.test(failure)) {
        missed(failure);
        throw new IssuerUnavailableException("The token issuer does not answer", failure);
      }
      throw failure; // which may be said without asking: it is no sign that the issuer is there
    }
  }

  private void reached() {
    if (tryAgainAt.get() != null && tryAgainAt.getAndSet(null) != null) {
      log.info("The token issuer answers");
    }
  }

  private void missed(RuntimeException failure) {
    if (tryAgainAt.getAndSet(nanos.getAsLong() + PAUSE.toNanos()) == null) {
      log.warn("The token issuer does not answer; requests with tokens get 503", failure);
    } else {
      log.warn("The token issuer does not answer: {}", deepest(failure));
    }
  }

  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause.getCause() != null && depth < 32; depth++) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
