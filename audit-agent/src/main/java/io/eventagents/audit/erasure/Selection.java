package io.eventagents.audit.erasure;

import io.eventagents.audit.index.ChainOfRecord;
import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LoggedRecord;
import io.eventagents.audit.log.MalformedLine;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that an erasure concerns and that have a payload still.
 *
 * @param subject whom it concerns
 * @param chains those whose payloads go with it
 */
record Selection(Subject subject, Set<String> chains) {

  private static final Logger log = LoggerFactory.getLogger(Selection.class);

  boolean has(LogLine line) {
    LoggedRecord record = read(line);
    if (record == null) {
      return false;
    }
    byte[] payload = payload(record);
    if (payload == null) {
      return false;
    }
    if (subject.isConcernedBy(payload)) {
      return true;
    }
    String chain = chains.isEmpty() ? null : ChainOfRecord.correlationId(line, record);
    return chain != null && chains.contains(chain);
  }

  /** The chain of a line that concerns the subject itself; empty where it has none. */
  static @Nullable String chainOf(LogLine line, Subject subject) {
    LoggedRecord record = read(line);
    byte[] payload = record == null ? null : payload(record);
    if (record == null || payload == null || !subject.isConcernedBy(payload)) {
      return null;
    }
    String chain = ChainOfRecord.correlationId(line, record);
    return chain == null ? "" : chain;
  }

  /** What tells of erasures proves them, and is never erased: it names no subject. */
  private static byte @Nullable [] payload(LoggedRecord record) {
    if (record.partition().topic().equals(ErasureEvent.TOPIC)) {
      return null;
    }
    return record.event() != null ? record.event() : record.raw();
  }

  private static @Nullable LoggedRecord read(LogLine line) {
    try {
      return LineReader.read(line.text());
    } catch (MalformedLine e) {
      log.warn(
          "The line in {} is not one of the audit log, and nothing is erased in it: {}",
          line.start(),
          e.getMessage());
      return null;
    }
  }
}
