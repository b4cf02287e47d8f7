package io.eventagents.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long, and in how many threads, the server waits for bodies. Thread-safe.
 *
 * <p>A body that has arrived when it is read needs no wait. A thread that has to wait takes a
 * place. If none is free, it waits a moment without one, which is enough for a client that sends
 * the body in a packet of its own.
 */
final class BodyPatience {

  private static final long MOMENT = Duration.ofMillis(500).toNanos();
  private static final long LOOK = Duration.ofMillis(10).toNanos();

  private final Duration limit;
  private final Semaphore places;

  /**
   * @param limit for one body in total
   * @param places how many threads may wait at a time
   */
  BodyPatience(Duration limit, int places) {
    this.limit = limit;
    this.places = new Semaphore(places);
  }

  /** Takes a place; false if none is free. */
  boolean takePlace() {
    return places.tryAcquire();
  }

  void leavePlace() {
    places.release();
  }

  /**
   * Takes a place, and waits a moment for it.
   *
   * @throws BodyTooSlowException if none becomes free
   */
  void awaitPlace() throws BodyTooSlowException {
    try {
      if (!places.tryAcquire(MOMENT, TimeUnit.NANOSECONDS)) {
        throw tooMany();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw tooMany();
    }
  }

  private static BodyTooSlowException tooMany() {
    return new BodyTooSlowException(
        "The body did not come at once, and too many others are being waited for.");
  }

  /**
   * Waits for the body for the rest of the moment.
   *
   * @param waited how long the server has already waited for this body
   * @throws BodyTooSlowException if nothing comes
   */
  void awaitWithoutPlace(BodySource body, long waited) throws BodyTooSlowException {
    long begin = System.nanoTime();
    while (!body.hasMore()) {
      if (waited + (System.nanoTime() - begin) > MOMENT) {
        throw tooMany();
      }
      LockSupport.parkNanos(LOOK);
    }
  }

  /**
   * @throws BodyTooSlowException if the server has waited too long for one body
   */
  void check(long waited) throws BodyTooSlowException {
    if (waited > limit.toNanos()) {
      throw new BodyTooSlowException(
          "The body must be sent within " + limit.toSeconds() + " seconds.");
    }
  }
}
