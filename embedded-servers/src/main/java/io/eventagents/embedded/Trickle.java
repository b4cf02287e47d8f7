package io.eventagents.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** An endless answer, one byte at a time, for servers in tests. */
public final class Trickle {

  private static final long BETWEEN_BYTES_MS = 50;

  private Trickle() {}

  /**
   * Writes the same byte repeatedly until the connection is closed or the thread is interrupted.
   *
   * @throws IOException when the other side has closed the connection
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
