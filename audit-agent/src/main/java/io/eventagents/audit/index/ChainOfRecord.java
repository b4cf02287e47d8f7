package io.eventagents.audit.index;

import io.eventagents.audit.event.RecordFields;
import io.eventagents.audit.log.LoggedRecord;
import org.jspecify.annotations.Nullable;

/** Tells which chain a record belongs to, as the index has it. */
public final class ChainOfRecord {

  private ChainOfRecord() {}

  /** The correlation id; null if the record has neither that nor an event id. */
  public static @Nullable String correlationId(LoggedRecord record) {
    return IndexedText.ofNullable(RecordFields.of(record).correlationId());
  }
}
