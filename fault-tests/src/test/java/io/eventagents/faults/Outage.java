package io.eventagents.faults;

import java.time.Duration;

/** The duration of a fault. */
final class Outage {

  private Outage() {}

  /**
   * Waits while a fault lasts. Its duration is part of the fault, so there is no condition to wait
   * for.
   */
  static void last(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
