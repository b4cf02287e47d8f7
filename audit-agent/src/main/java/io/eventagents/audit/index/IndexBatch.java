package io.eventagents.audit.index;

import io.eventagents.audit.log.LineReader;
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
    List<IndexedRecord> records = new ArrayList<>(lines.size());
    for (LogLine line : lines) {
      try {
        records.add(RecordReading.of(line, LineReader.read(line.text())));
      } catch (MalformedLine e) {
        malformed.accept(line, e);
      }
    }
    return new IndexBatch(records, CopyRows.of(log, records), span);
  }
}
