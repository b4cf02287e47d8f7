package io.eventagents.audit.log;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Whether single lines follow the line before them, by their hashes. That shows that neither was
 * changed alone; that both were not is a matter of the whole log. Thread-safe.
 */
public final class LineLink {

  private final LogDirectory directory;
  private final LineEnds ends;

  /** Lines of this log. */
  public LineLink(LogDirectory directory) {
    this.directory = directory;
    this.ends = new LineEnds(directory.content());
  }

  /**
   * The hash that a line has, or would have if it was written before lines had one.
   *
   * @param before the hash of the line before
   * @param line its bytes, without the line feed
   * @return empty if it is no line of the log
   */
  static Optional<String> after(String before, byte[] line) {
    LineParts parts = LineParts.of(line);
    if (parts == null) {
      return Optional.empty();
    }
    int restEnd = line.length - (LineEnds.chain(line).isPresent() ? LineEnds.LENGTH : 1);
    int gap = restEnd > parts.rest() ? parts.rest() + LineKeys.GAP.length : restEnd;
    LineChain chain = new LineChain(before);
    chain.take(line, 0, parts.headEnd(), parts.digest(), gap, restEnd);
    return Optional.of(chain.chain());
  }

  /**
   * Whether the hash of a line is that of the line and of all before it.
   *
   * @param line its bytes, without the line feed
   * @throws IOException if the line before cannot be read, or the file is no longer there
   */
  public boolean holds(LogPlace start, byte[] line) throws IOException {
    Optional<String> stated = LineEnds.chain(line);
    return stated.isPresent()
        && before(start).flatMap(before -> after(before, line)).equals(stated);
  }

  private Optional<String> before(LogPlace start) throws IOException {
    if (start.position() > 0) {
      return ends.chainAt(start);
    }
    List<String> files = directory.files();
    int index = files.indexOf(start.file());
    // A file may have no line yet.
    for (int i = index - 1; i >= 0; i--) {
      long size = directory.size(files.get(i));
      if (size > 0) {
        return ends.chainAt(new LogPlace(files.get(i), size));
      }
    }
    return Optional.of(LineChain.start(directory.id().toString()));
  }
}
