package io.eventagents.audit.index;

import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Lines of the log that are indexed together.
 *
 * @param records what they say
 * @param rows the records as the database reads them
 * @param span their place in the log
 */
record IndexBatch(List<IndexedRecord> records, CopyRows rows, IndexSpan span) {

  /** A batch has at most this many lines, and ends with the line that makes it this large. */
  static final int LINES = 4000;

  static final long BYTES = 8L * 1024 * 1024;

  /**
   * The next lines for a batch; none at the end.
   *
   * @param size where to stop in the file
   * @param most how many lines
   */
  static List<LogLine> lines(LogReader reader, long size, int most) throws IOException {
    List<LogLine> lines = new ArrayList<>();
    long bytes = 0;
    while (lines.size() < most && bytes < BYTES) {
      LogLine line = reader.next(size);
      if (line == null) {
        break;
      }
      lines.add(line);
      bytes += line.text().length;
    }
    return lines;
  }

  /**
   * Reads lines; only the head of a line that is set aside.
   *
   * @param log the number of the log in the index
   * @param lines the lines
   * @param span their place in the log
   * @param suspect says which line is set aside
   * @param malformed is given each line that is not a line of a log
   */
  static IndexBatch of(
      int log,
      List<LogLine> lines,
      IndexSpan span,
      SuspectLine suspect,
      BiConsumer<LogLine, MalformedLine> malformed) {
    List<IndexedRecord> records =
        suspect.setsAside(span.from())
            ? read(lines, line -> LineReading.ofHead(line, suspect.reason()), malformed)
            : read(lines, malformed);
    return new IndexBatch(records, CopyRows.of(log, records), span);
  }

  /** Reads lines, without those that are not lines of a log. */
  static List<IndexedRecord> read(
      List<LogLine> lines, BiConsumer<LogLine, MalformedLine> malformed) {
    return read(lines, LineReading::of, malformed);
  }

  private static List<IndexedRecord> read(
      List<LogLine> lines, Reader reader, BiConsumer<LogLine, MalformedLine> malformed) {
    List<IndexedRecord> records = new ArrayList<>(lines.size());
    for (LogLine line : lines) {
      try {
        records.add(reader.read(line));
      } catch (MalformedLine e) {
        malformed.accept(line, e);
      }
    }
    return records;
  }

  @FunctionalInterface
  private interface Reader {
    IndexedRecord read(LogLine line) throws MalformedLine;
  }
}
