package io.eventagents.faults;

import java.time.Duration;

/** A time that something is away. */
final class Outage {

  private Outage() {}

  /**
   * Lets it pass: how long a fault lasts is part of the fault, there is nothing else to wait for.
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
