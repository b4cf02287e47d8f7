package io.eventagents.test;

import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.EventMetadata;
import io.eventagents.EventTime;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.PayloadTypes;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event of a {@link Chain}, as it is on its topic.
 *
 * @param eventId its id
 * @param eventType its type
 * @param occurredAt when it happened; the record's time if it does not say
 * @param data its data as JSON
 * @param metadata the chain it belongs to, and what caused it
 * @param record the record that carries it
 */
public record ChainEvent(
    String eventId,
    String eventType,
    Instant occurredAt,
    JsonNode data,
    EventMetadata metadata,
    ConsumerRecord<byte[], byte[]> record) {

  /** Reads an event; empty if it is none. */
  static Optional<ChainEvent> of(ConsumerRecord<byte[], byte[]> record) {
    JsonNode body = body(record);
    if (body == null) {
      return Optional.empty();
    }
    JsonNode metadata = body.path("metadata");
    String eventId = text(body, EventHeaders.EVENT_ID, record);
    // From the body, although the header decides: if they differ, a check of the chain says so.
    String eventType = text(body, EventHeaders.EVENT_TYPE, record);
    if (eventId.isEmpty() || eventType.isEmpty()) {
      return Optional.empty();
    }
    String correlationId = text(metadata, EventHeaders.CORRELATION_ID, record);
    return Optional.of(
        new ChainEvent(
            eventId,
            eventType,
            occurredAt(body, record),
            body.path("data"),
            new EventMetadata(
                correlationId.isEmpty() ? eventId : correlationId,
                text(metadata, EventHeaders.CAUSATION_ID, record),
                text(metadata, EventHeaders.SOURCE, record)),
            record));
  }

  private static @Nullable JsonNode body(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    try {
      JsonNode body = JsonMapper.shared().readTree(record.value());
      return body.isObject() ? body : null;
    } catch (JacksonException e) {
      return null; // No event, and so of no chain.
    }
  }

  /**
   * Follows the rules by which agents read events: a field that is not text, or is blank, counts as
   * missing.
   */
  private static String text(JsonNode node, String name, ConsumerRecord<byte[], byte[]> record) {
    JsonNode field = node.path(name);
    if (field.isString() && !field.stringValue().isBlank()) {
      return field.stringValue();
    }
    String header = EventReader.header(record, name);
    return header == null ? "" : header;
  }

  private static Instant occurredAt(JsonNode body, ConsumerRecord<byte[], byte[]> record) {
    JsonNode field = body.path("occurred_at");
    Instant said = field.isString() ? EventTime.read(field.stringValue()) : null;
    Instant stamped = said == null ? EventTime.ofTimestamp(record.timestamp()) : said;
    return stamped == null ? Instant.EPOCH : stamped;
  }

  /**
   * The data as a payload record.
   *
   * @throws AssertionError if the event is of another type, or its data does not fit
   */
  public <T> T dataAs(Class<T> payload) {
    try {
      Event<?> event =
          new EventReader()
              .read(
                  record,
                  PayloadTypes.of(payload)
                      .named(eventType)
                      .orElseThrow(
                          () ->
                              new AssertionError(
                                  "%s is none of %s".formatted(this, payload.getName()))));
      return payload.cast(event.data());
    } catch (MalformedEvent e) {
      throw new AssertionError("%s does not fit: %s".formatted(this, e.reason()), e);
    }
  }

  /** A field of the data as text; empty if there is none. */
  public String text(String field) {
    return data.path(field).asString("");
  }

  /** The record key as text; null if it has none. */
  public @Nullable String key() {
    return RecordText.of(record.key());
  }

  /** A header of the record as text; null if it has none. */
  public @Nullable String header(String name) {
    return RecordText.header(record.headers(), name);
  }

  /** The topic that it stands on. */
  public String topic() {
    return record.topic();
  }

  /** Whether the other one says the same, apart from the time. */
  boolean saysTheSameAs(ChainEvent other) {
    return eventType.equals(other.eventType)
        && data.equals(other.data)
        && metadata.equals(other.metadata);
  }

  /** Type, source and data: what a person wants to know. */
  @Override
  public String toString() {
    String shown = data.toString();
    return eventType
        + (metadata.source().isEmpty() ? "" : " by " + metadata.source())
        + " "
        + (shown.length() > 200 ? shown.substring(0, 200) + "..." : shown);
  }
}
