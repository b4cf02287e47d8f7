package io.eventagents.audit.index;

import io.eventagents.audit.log.LogPartition;
import io.eventagents.audit.log.LogPlace;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record as the index has it. The database can store every text in it.
 *
 * @param place where its line starts
 * @param length of its line in bytes, without the line feed
 * @param eventType null if the record has no readable type
 * @param correlationId the chain; the event id if the event names none
 * @param occurredAt the time of the event, else that of the record, else the time of logging
 * @param data as JSON text
 * @param terms what it is found by, apart from its ids
 * @param inPart why the index has only its position and its ids; null if it has all
 */
record IndexedRecord(
    LogPartition partition,
    long offset,
    LogPlace place,
    int length,
    Instant loggedAt,
    @Nullable Instant timestamp,
    @Nullable String key,
    String headers,
    String payload,
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String source,
    @Nullable String correlationId,
    @Nullable String causationId,
    Instant occurredAt,
    @Nullable String metadata,
    @Nullable String data,
    Terms terms,
    List<Mismatch> mismatches,
    @Nullable String inPart) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Null if headers and body agree. */
  @Nullable String mismatchesJson() {
    return mismatches.isEmpty() ? null : JSON.writeValueAsString(mismatches);
  }

  /** Where the next line starts. */
  LogPlace end() {
    return new LogPlace(place.file(), place.position() + length + 1);
  }

  /**
   * The record with only its position and its ids.
   *
   * @param because why the rest is left out, without the content of the record
   */
  IndexedRecord bare(String because) {
    return new IndexedRecord(
        partition,
        offset,
        place,
        length,
        loggedAt,
        null,
        null,
        "[]",
        payload,
        eventId,
        eventType,
        source,
        correlationId,
        causationId,
        loggedAt,
        null,
        null,
        Terms.NONE,
        List.of(),
        because);
  }
}
