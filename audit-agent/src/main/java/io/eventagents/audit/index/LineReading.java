package io.eventagents.audit.index;

import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.MalformedLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a line what the index says of it, whatever its record holds: of one that cannot be read,
 * what its head says.
 */
final class LineReading {

  private static final Logger log = LoggerFactory.getLogger(LineReading.class);

  private LineReading() {}

  /**
   * The record of a line.
   *
   * @throws MalformedLine where it is not a line of the log
   */
  static IndexedRecord of(LogLine line) throws MalformedLine {
    try {
      return RecordReading.of(line, LineReader.read(line.text()));
    } catch (RuntimeException | StackOverflowError e) {
      // Want of memory is another matter: that may be somebody else's doing, and pass.
      log.debug("The record in {} cannot be read", line.start(), e);
      return ofHead(line, "it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /**
   * The record of a line by what stands before its payload.
   *
   * @param because why not by all of it
   * @throws MalformedLine where it is not a line of the log
   */
  static IndexedRecord ofHead(LogLine line, String because) throws MalformedLine {
    return RecordReading.of(line, LineReader.readHead(line.text())).bare(because);
  }
}
