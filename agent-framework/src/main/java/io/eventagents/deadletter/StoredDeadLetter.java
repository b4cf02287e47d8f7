package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.topic.RecordBytes;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.RecordIdentity;
import io.eventagents.wire.RecordPosition;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as the topic keeps it.
 *
 * @param agent who gave it up
 * @param id its place in the agent's dead letters
 * @param failedAt where the agent read the event
 * @param record the record of the topic
 * @param identity which event and chain it belongs to
 * @param resolution what became of it
 */
record StoredDeadLetter(
    String agent,
    DeadLetterId id,
    RecordPosition failedAt,
    ConsumerRecord<byte[], byte[]> record,
    RecordIdentity identity,
    Resolution resolution) {

  /** The end of the names of all topics of dead letters. */
  static final String TOPIC_SUFFIX = "-dead-letters";

  /** Empty if the record is no dead letter: somebody else wrote to the topic. */
  static Optional<StoredDeadLetter> of(
      ConsumerRecord<byte[], byte[]> record, EventReader reader, Resolution.Lookup resolutions) {
    String agent =
        record.topic().substring(0, Math.max(0, record.topic().length() - TOPIC_SUFFIX.length()));
    return ReplayRequest.failedAt(record)
        .map(
            failedAt ->
                new StoredDeadLetter(
                    agent,
                    new DeadLetterId(record.partition(), record.offset()),
                    failedAt,
                    record,
                    reader.identify(record),
                    resolutions.of(agent, failedAt)));
  }

  String eventType() {
    String type = header(DeadLetterHeaders.EVENT_TYPE);
    return Objects.requireNonNullElse(type == null ? header("event_type") : type, "unknown");
  }

  String reason() {
    return Objects.requireNonNullElse(header(DeadLetterHeaders.REASON), "");
  }

  Instant failedOn() {
    return ReplayRequest.instant(header(DeadLetterHeaders.FAILED_AT))
        .orElseGet(() -> Instant.ofEpochMilli(Math.max(0, record.timestamp())));
  }

  boolean isMeantBy(Selection selection) {
    return selection.matches(
        agent, id.toString(), eventType(), reason(), failedOn(), resolution.state());
  }

  /** How much memory it takes. */
  long bytes() {
    return RecordBytes.of(record);
  }

  /** Whether later events of its key wait behind it. */
  boolean holdsKey() {
    return "true".equals(header(DeadLetterHeaders.HOLDS_KEY));
  }

  /** Whether the record's own headers and its key were left out too. */
  boolean lacksHeaders() {
    return header(DeadLetterHeaders.HEADERS_OMITTED) != null;
  }

  /** Whether the value was left out because it was too large. */
  boolean lacksValue() {
    return header(DeadLetterHeaders.VALUE_OMITTED) != null;
  }

  @Nullable String header(String name) {
    return EventReader.header(record, name);
  }
}
