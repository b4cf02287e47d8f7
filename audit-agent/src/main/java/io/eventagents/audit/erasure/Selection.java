package io.eventagents.audit.erasure;

import io.eventagents.audit.event.RecordFields;
import io.eventagents.audit.index.IndexedText;
import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LoggedRecord;
import io.eventagents.audit.log.MalformedLine;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that an erasure concerns and that still have a payload.
 *
 * @param subject the subject of the erasure
 * @param chains the chains whose payloads are erased with it
 */
record Selection(Subject subject, Set<String> chains) {

  private static final Logger log = LoggerFactory.getLogger(Selection.class);

  boolean has(LogLine line) {
    LoggedRecord record = withPayload(line);
    if (record == null) {
      return false;
    }
    if (isConcerned(record, subject)) {
      return true;
    }
    String chain = chains.isEmpty() ? null : chain(record);
    return chain != null && chains.contains(chain);
  }

  /** The chain of a line that concerns the subject itself; null if it has none. */
  static @Nullable String chainOf(LogLine line, Subject subject) {
    LoggedRecord record = withPayload(line);
    return record != null && isConcerned(record, subject) ? chain(record) : null;
  }

  /** As the index has it. */
  private static @Nullable String chain(LoggedRecord record) {
    return IndexedText.ofNullable(RecordFields.of(record).correlationId());
  }

  private static boolean isConcerned(LoggedRecord record, Subject subject) {
    byte[] payload = record.event() != null ? record.event() : record.raw();
    return payload != null && subject.isConcernedBy(payload);
  }

  /** A line with a payload; the events of erasures prove them, and are never erased. */
  private static @Nullable LoggedRecord withPayload(LogLine line) {
    try {
      LoggedRecord record = LineReader.read(line.text());
      boolean erasable = !record.partition().topic().equals(ErasureEvent.TOPIC);
      return erasable && (record.event() != null || record.raw() != null) ? record : null;
    } catch (MalformedLine e) {
      log.warn(
          "The line in {} is not one of the audit log, and nothing is erased in it: {}",
          line.start(),
          e.getMessage());
      return null;
    }
  }
}
