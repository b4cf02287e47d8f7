package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads single lines of the log, from either form of its files. Thread-safe. */
public final class LogLines {

  private final LogFiles files;

  /** Lines of these files. */
  public LogLines(LogFiles files) {
    this.files = files;
  }

  /**
   * The line that stands there.
   *
   * @param length of the line in bytes, without the line feed
   * @throws java.nio.file.NoSuchFileException if the file is no longer in the directory
   * @throws IOException if the file is damaged, or shorter
   */
  public byte[] at(String file, long position, int length) throws IOException {
    try (LogContent content = files.open(file)) {
      byte[] line = new byte[length];
      if (content.readFully(ByteBuffer.wrap(line), position) < length) {
        throw new IOException(
            "%s has %d bytes, and no line of %d bytes at byte %d"
                .formatted(file, content.size(), length, position));
      }
      return line;
    }
  }
}
