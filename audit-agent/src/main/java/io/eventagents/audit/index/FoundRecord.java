package io.eventagents.audit.index;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is read from the index.
 *
 * @param number its number in the order of indexing
 * @param file the file of the log that has its line
 * @param position where the line starts there
 * @param length of the line in bytes
 * @param payload {@code event}, {@code raw}, {@code none} or {@code erased}
 * @param headers as JSON text
 * @param metadata as JSON text
 * @param data as JSON text
 * @param mismatches as JSON text; null if headers and body agree
 * @param inPart why the index has only its position and its ids; null if the index has all of it
 * @param occurrences how many records have the same event id; 1 if it has none
 */
public record FoundRecord(
    UUID topicUuid,
    String topic,
    int partition,
    long offset,
    long number,
    String file,
    long position,
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
    @Nullable String mismatches,
    @Nullable String inPart,
    long occurrences) {

  /** Whether its payload was erased. */
  public boolean isErased() {
    return payload.equals("erased");
  }

  /** Kafka's id of the topic, as Kafka prints it. */
  public String topicId() {
    return RecordPlace.topicId(topicUuid);
  }
}
