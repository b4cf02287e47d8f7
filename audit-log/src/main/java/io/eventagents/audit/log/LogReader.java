package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one file, compressed or not, in constant memory but for the longest line. Not
 * thread-safe.
 */
public final class LogReader implements AutoCloseable {

  private static final int CHUNK = 256 * 1024;

  private final String file;
  private final LogContent content;
  private byte[] buffer = new byte[CHUNK];
  private int start;
  private int filled;
  private long position;

  /**
   * @param directory where the file is
   * @param from its name, and where to begin
   */
  public LogReader(LogDirectory directory, LogPlace from) throws IOException {
    this(directory.content(), from);
  }

  /**
   * @param files where the file is
   * @param from its name, and where to begin
   */
  public LogReader(LogFiles files, LogPlace from) throws IOException {
    this(files.open(from.file()), from);
  }

  /**
   * @param content of the file; closed with this reader
   * @param from its name, and where to begin
   */
  public LogReader(LogContent content, LogPlace from) {
    this.file = from.file();
    this.position = from.position();
    this.content = content;
  }

  /**
   * The next line.
   *
   * @param end where the part of the file ends that may be read
   * @return null if that was reached
   */
  public @Nullable LogLine next(long end) throws IOException {
    int searched = start;
    while (true) {
      for (int i = searched; i < filled; i++) {
        if (buffer[i] == '\n') {
          return line(i, true);
        }
      }
      searched = filled - start;
      if (!fill(end)) {
        return start == filled ? null : line(filled, false);
      }
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private LogLine line(int until, boolean complete) {
    LogLine line =
        new LogLine(
            new LogPlace(file, position), Arrays.copyOfRange(buffer, start, until), complete);
    start = complete ? until + 1 : until;
    position = line.end().position();
    return line;
  }

  /** Moves what is left to the front and reads on; false if there is nothing to read. */
  private boolean fill(long end) throws IOException {
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    filled -= start;
    start = 0;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    long readFrom = position + filled;
    int room = (int) Math.min(buffer.length - filled, end - readFrom);
    if (room <= 0) {
      return false;
    }
    int count = content.read(ByteBuffer.wrap(buffer, filled, room), readFrom);
    filled += Math.max(count, 0);
    return count > 0;
  }
}
