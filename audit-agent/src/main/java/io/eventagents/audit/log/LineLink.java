package io.eventagents.audit.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Whether single lines follow the line before them, by their hashes. That shows that neither was
 * changed alone; that both were not is a matter of the whole log. Thread-safe.
 */
public final class LineLink {

  private static final byte[] GAP = ",\"gap\":".getBytes(US_ASCII);
  private static final int CHAIN_KEY = ",\"chain\":\"".length();
  private static final int END = "\"}".length();

  private final LogDirectory directory;

  /** Lines of this log. */
  public LineLink(LogDirectory directory) {
    this.directory = directory;
  }

  /**
   * Whether the hash of a line is that of the line and of all before it.
   *
   * @param line its bytes, without the line feed
   * @throws IOException where the line before cannot be read, or the file is no longer there
   */
  public boolean holds(LogPlace start, byte[] line) throws IOException {
    LineParts parts = LineParts.of(line);
    Optional<String> stated = StatedChain.of(line);
    Optional<String> before = before(start);
    if (parts == null || stated.isEmpty() || before.isEmpty()) {
      return false;
    }
    int rest = parts.rest();
    int restEnd = line.length - END - LineChain.LENGTH - CHAIN_KEY;
    int gap = restEnd > rest ? rest + GAP.length : restEnd;
    LineChain chain = new LineChain(before.get());
    chain.take(line, 0, parts.headEnd(), parts.digest(), gap, restEnd);
    return chain.chain().equals(stated.get());
  }

  private Optional<String> before(LogPlace start) throws IOException {
    if (start.position() > 0) {
      return endingAt(start.file(), start.position());
    }
    List<String> files = directory.files();
    int index = files.indexOf(start.file());
    // A file may have no line yet.
    for (int i = index - 1; i >= 0; i--) {
      long size = directory.size(files.get(i));
      if (size > 0) {
        return endingAt(files.get(i), size);
      }
    }
    return Optional.of(LineChain.start(directory.id().toString()));
  }

  /** The hash of the line whose line feed stands before that place. */
  private Optional<String> endingAt(String file, long end) throws IOException {
    byte[] tail = new byte[CHAIN_KEY + LineChain.LENGTH + END];
    long from = end - 1 - tail.length;
    if (from < 0) {
      return Optional.empty();
    }
    try (LogContent content = directory.content().open(file)) {
      return content.readFully(ByteBuffer.wrap(tail), from) == tail.length
          ? StatedChain.of(tail)
          : Optional.empty();
    }
  }
}
