package io.eventagents.audit.secondverifier;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the lines of a file, of which so many bytes count: what is appended meanwhile does not. */
final class LineReader implements Closeable {

  /**
   * A line without its LF.
   *
   * @param start the byte of the file where it begins
   * @param end the byte of the file behind it, and behind its LF if it has one
   * @param ended whether it has an LF
   * @param tooLong whether it was longer than allowed, and is not whole
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Line(byte[] bytes, long start, long end, boolean ended, boolean tooLong) {}

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[BUFFER];
  private long unread;
  private int at;
  private int filled;
  private long position;
  private byte[] line = new byte[BUFFER];
  private int length;

  LineReader(Path file, long size, int longest) throws IOException {
    this.in = Files.newInputStream(file);
    this.unread = size;
    this.longest = longest;
  }

  /** The next line, null behind the last. */
  Line next() throws IOException {
    length = 0;
    long start = position;
    boolean tooLong = false;
    while (fill()) {
      int lf = lineFeed();
      tooLong = tooLong || (long) length + lf - at > longest;
      if (!tooLong) {
        append(lf);
      }
      position += lf - at;
      at = lf;
      if (at < filled) {
        at++;
        position++;
        return new Line(Arrays.copyOf(line, length), start, position, true, tooLong);
      }
    }
    return position == start
        ? null
        : new Line(Arrays.copyOf(line, length), start, position, false, tooLong);
  }

  private boolean fill() throws IOException {
    if (at == filled && unread > 0) {
      filled = Math.max(0, in.read(buffer, 0, (int) Math.min(BUFFER, unread)));
      at = 0;
      unread = filled == 0 ? 0 : unread - filled;
    }
    return at < filled;
  }

  private int lineFeed() {
    int lf = at;
    while (lf < filled && buffer[lf] != '\n') {
      lf++;
    }
    return lf;
  }

  private void append(int end) {
    int more = end - at;
    if (length + more > line.length) {
      line =
          Arrays.copyOf(line, (int) Math.min(longest, Math.max(2L * line.length, length + more)));
    }
    System.arraycopy(buffer, at, line, length, more);
    length += more;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
