package io.eventagents.audit.index;

import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.MalformedLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a line for the index, whatever its record holds: of a record that cannot be read, it takes
 * the head.
 */
final class LineReading {

  private static final Logger log = LoggerFactory.getLogger(LineReading.class);

  private LineReading() {}

  /**
   * The record of a line.
   *
   * @throws MalformedLine if it is not a line of the log
   */
  static IndexedRecord of(LogLine line) throws MalformedLine {
    try {
      return RecordReading.of(line, LineReader.read(line.text()));
    } catch (RuntimeException | StackOverflowError e) {
      // An OutOfMemoryError is not caught: the line need not be its reason, and it may pass.
      log.debug("The record in {} cannot be read", line.start(), e);
      return ofHead(line, "it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /**
   * The record of a line, without its payload.
   *
   * @param because why the payload is not read
   * @throws MalformedLine if it is not a line of the log
   */
  static IndexedRecord ofHead(LogLine line, String because) throws MalformedLine {
    return RecordReading.of(line, LineReader.readHead(line.text())).bare(because);
  }
}
