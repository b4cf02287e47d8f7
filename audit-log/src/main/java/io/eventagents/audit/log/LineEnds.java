package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What stands where lines end. Thread-safe. */
public final class LineEnds {

  /** Bytes at the end of a line that have its hash. */
  static final int LENGTH = LineKeys.CHAIN.length + LineChain.LENGTH + LineKeys.END.length;

  private static final int LINE_FEED = 1;

  private final LogFiles files;

  /** Lines of these files. */
  public LineEnds(LogFiles files) {
    this.files = files;
  }

  /**
   * Whether the line that ends there has this hash; not if its file is gone or damaged.
   *
   * @throws IOException if the directory cannot be read
   */
  public boolean has(LogPlace end, String chain) throws IOException {
    try {
      return files.has(end.file()) && chainAt(end).equals(Optional.of(chain));
    } catch (DamagedFile e) {
      return false;
    }
  }

  /**
   * The hash of the line that ends there, with its line feed; empty if none with a hash does.
   *
   * @throws java.nio.file.NoSuchFileException if the file is not in the directory
   * @throws DamagedFile if it cannot be read
   */
  public Optional<String> chainAt(LogPlace end) throws IOException {
    byte[] tail = new byte[LENGTH + LINE_FEED];
    long from = end.position() - tail.length;
    if (from < 0) {
      return Optional.empty();
    }
    try (LogContent content = files.open(end.file())) {
      if (content.readFully(ByteBuffer.wrap(tail), from) < tail.length
          || tail[tail.length - 1] != '\n') {
        return Optional.empty();
      }
      return chain(Arrays.copyOf(tail, LENGTH));
    }
  }

  /**
   * The hash that a line says it has, the last thing in it; empty if it has none: it was written by
   * an earlier version, or is none.
   */
  public static Optional<String> chain(byte[] line) {
    int digits = line.length - LineKeys.END.length - LineChain.LENGTH;
    int end = digits + LineChain.LENGTH;
    return ByteText.isAt(line, line.length - LENGTH, digits, LineKeys.CHAIN)
            && ByteText.isHex(line, digits, LineChain.LENGTH)
            && ByteText.isAt(line, end, line.length, LineKeys.END)
        ? Optional.of(ByteText.text(line, digits, end))
        : Optional.empty();
  }
}
