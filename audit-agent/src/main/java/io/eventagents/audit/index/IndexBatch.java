package io.eventagents.audit.index;

import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.MalformedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Lines of the log as they go to the index together.
 *
 * @param records what they say
 * @param rows the same as the database reads them
 * @param span where in the log they stand
 */
record IndexBatch(List<IndexedRecord> records, CopyRows rows, IndexSpan span) {

  /** So many lines, or so many bytes, go together. */
  static final int LINES = 4000;

  static final long BYTES = 8L * 1024 * 1024;

  /**
   * Reads lines.
   *
   * @param log the number of the log in the index
   * @param lines that are read
   * @param span where they stand
   * @param malformed told of each that is not one of the log
   */
  static IndexBatch of(
      int log, List<LogLine> lines, IndexSpan span, BiConsumer<LogLine, MalformedLine> malformed) {
    return of(log, read(lines, malformed), span);
  }

  /** Of records that are read. */
  static IndexBatch of(int log, List<IndexedRecord> records, IndexSpan span) {
    return new IndexBatch(records, CopyRows.of(log, records), span);
  }

  /** Lines of which nothing but their heads is read. */
  static IndexBatch ofHeads(
      int log,
      List<LogLine> lines,
      IndexSpan span,
      String because,
      BiConsumer<LogLine, MalformedLine> malformed) {
    return of(log, read(lines, line -> LineReading.ofHead(line, because), malformed), span);
  }

  /** What lines say, without those that are not of the log. */
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
