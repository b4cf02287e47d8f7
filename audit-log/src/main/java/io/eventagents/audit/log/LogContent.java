package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The text of a day's file, whatever form it has on disk: positions are those of the text. Stays
 * readable as it was opened when the file is replaced or removed meanwhile. Not thread-safe.
 */
public interface LogContent extends AutoCloseable {

  /** How many bytes of text there are now. */
  long size() throws IOException;

  /**
   * Reads some of the text from there on.
   *
   * @return how many bytes were read; -1 if the text ends there
   * @throws IOException if the file cannot be read, or is damaged
   */
  int read(ByteBuffer into, long position) throws IOException;

  /**
   * Reads as much as fits.
   *
   * @return how many bytes were read; fewer than fit only where the text ends
   */
  default int readFully(ByteBuffer into, long position) throws IOException {
    int total = 0;
    while (into.hasRemaining()) {
      int count = read(into, position + total);
      if (count < 0) {
        break;
      }
      total += count;
    }
    return total;
  }

  @Override
  void close() throws IOException;
}
