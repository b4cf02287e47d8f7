package io.eventagents.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** An answer that never ends and comes a byte at a time. For servers in tests. */
public final class Trickle {

  private static final long BETWEEN_BYTES_MS = 50;

  private Trickle() {}

  /**
   * Writes the same byte again and again.
   *
   * @throws IOException when the other side has closed the connection, which alone ends it, beside
   *     an interrupt
   */
  public static void of(char one, OutputStream to) throws IOException {
    try {
      while (true) {
        to.write(one);
        to.flush();
        TimeUnit.MILLISECONDS.sleep(BETWEEN_BYTES_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
