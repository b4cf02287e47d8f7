package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What stands where lines end. Thread-safe. */
public final class LineEnds {

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
    byte[] tail = new byte[StatedChain.LENGTH + LINE_FEED];
    long from = end.position() - tail.length;
    if (from < 0) {
      return Optional.empty();
    }
    try (LogContent content = files.open(end.file())) {
      if (content.readFully(ByteBuffer.wrap(tail), from) < tail.length
          || tail[tail.length - 1] != '\n') {
        return Optional.empty();
      }
      return StatedChain.of(Arrays.copyOf(tail, StatedChain.LENGTH));
    }
  }
}
