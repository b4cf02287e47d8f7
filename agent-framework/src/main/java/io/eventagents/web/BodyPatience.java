package io.eventagents.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long is waited for bodies, and by how many threads. Thread safe.
 *
 * <p>A body that is there when it is read needs none of it. Who has to wait takes a place; where
 * none is free, it is waited for a moment without one, which is enough for a client that sends the
 * body in a packet of its own.
 */
final class BodyPatience {

  private static final long MOMENT = Duration.ofMillis(500).toNanos();
  private static final long LOOK = Duration.ofMillis(10).toNanos();

  private final Duration limit;
  private final Semaphore places;

  /**
   * @param limit for one body altogether
   * @param places how many threads wait at a time
   */
  BodyPatience(Duration limit, int places) {
    this.limit = limit;
    this.places = new Semaphore(places);
  }

  /** Whether there is a place, which is then taken. */
  boolean takePlace() {
    return places.tryAcquire();
  }

  void leavePlace() {
    places.release();
  }

  /**
   * Waits a moment for a place, which is then taken.
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
   * Waits for the body what is left of the moment.
   *
   * @param waited for how long this body was waited for already
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
   * @throws BodyTooSlowException if so long was waited for one body that it is given up
   */
  void check(long waited) throws BodyTooSlowException {
    if (waited > limit.toNanos()) {
      throw new BodyTooSlowException(
          "The body must be sent within " + limit.toSeconds() + " seconds.");
    }
  }
}
