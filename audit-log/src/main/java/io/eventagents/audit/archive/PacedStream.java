package io.eventagents.audit.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A download that must get on. A time limit for each read is kept by a server that sends a byte now
 * and then as well; this one ends where all of it would take too long.
 */
final class PacedStream extends FilterInputStream {

  private static final long BYTES_PER_SECOND = 16 * 1024;

  private final Runnable abort;
  private final Duration patience;
  private final long begin = System.nanoTime();
  private long bytes;

  /**
   * @param abort closes the connection without reading on
   * @param patience how long it may take beside 16 KB a second
   */
  PacedStream(InputStream in, Runnable abort, Duration patience) {
    super(in);
    this.abort = abort;
    this.patience = patience;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    return next < 0 ? next : counted(1, next);
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    int read = in.read(buffer, from, length);
    return read < 0 ? read : counted(read, read);
  }

  private int counted(int more, int result) throws IOException {
    bytes += more;
    Duration allowed = patience.plusSeconds(bytes / BYTES_PER_SECOND);
    if (System.nanoTime() - begin > allowed.toNanos()) {
      abort.run();
      throw new IOException("only %d bytes came within %s".formatted(bytes, allowed));
    }
    return result;
  }
}
