package io.eventagents.audit.index;

import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LoggedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a record, as the index has them; null where neither its body nor its headers say one.
 *
 * @param eventId its own
 * @param causationId of what caused it
 */
public record RecordIds(@Nullable String eventId, @Nullable String causationId) {

  /** Those of a line. */
  public static RecordIds of(LogLine line, LoggedRecord record) {
    IndexedRecord indexed = RecordReading.of(line, record);
    return new RecordIds(indexed.eventId(), indexed.causationId());
  }
}
