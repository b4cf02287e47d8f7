package io.eventagents.faults;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A record of a topic, and its contents if it is an event.
 *
 * @param envelope the value as JSON; a missing node if it is not JSON
 */
record EventRecord(ConsumerRecord<byte[], byte[]> record, Place place, JsonNode envelope) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static EventRecord of(ConsumerRecord<byte[], byte[]> record) {
    return new EventRecord(
        record,
        new Place(record.topic(), record.partition(), record.offset()),
        read(record.value()));
  }

  private static JsonNode read(byte @Nullable [] value) {
    try {
      return value == null ? MissingNode.getInstance() : JSON.readTree(value);
    } catch (JacksonException noJson) {
      return MissingNode.getInstance();
    }
  }

  String key() {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  @Nullable String header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** The value of a header; empty if there is none. */
  String headerOrEmpty(String name) {
    return Objects.requireNonNullElse(header(name), "");
  }

  String eventId() {
    return envelope.path("event_id").asString("");
  }

  String type() {
    return envelope.path("event_type").asString("");
  }

  String correlationId() {
    return envelope.path("metadata").path("correlation_id").asString("");
  }

  String causationId() {
    return envelope.path("metadata").path("causation_id").asString("");
  }

  String source() {
    return envelope.path("metadata").path("source").asString("");
  }

  /** A value of the payload; empty if there is none. */
  String data(String name) {
    return envelope.path("data").path(name).asString("");
  }

  @Override
  public String toString() {
    return "%s %s at %s (task %s, cause %s, source %s, correlation %s)"
        .formatted(type(), eventId(), place, key(), causationId(), source(), correlationId());
  }
}
