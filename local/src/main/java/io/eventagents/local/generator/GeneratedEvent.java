package io.eventagents.local.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.EventHeaders;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A complete event, and the record that carries it.
 *
 * @param key the entity that the event is about
 */
record GeneratedEvent(
    String id,
    String type,
    String key,
    Instant occurredAt,
    ObjectNode data,
    String correlationId,
    String causationId,
    String source,
    String traceparent) {

  static String topic(String type) {
    return type.substring(0, type.indexOf('.')) + "-events";
  }

  /** The record with all headers. The type is last, because readers search headers from the end. */
  ProducerRecord<byte[], byte[]> record() {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic(type), null, occurredAt.toEpochMilli(), key.getBytes(UTF_8), envelope());
    Headers headers = record.headers();
    headers.add(EventHeaders.TRACEPARENT, traceparent.getBytes(UTF_8));
    headers.add(EventHeaders.EVENT_ID, id.getBytes(UTF_8));
    headers.add(EventHeaders.CORRELATION_ID, correlationId.getBytes(UTF_8));
    headers.add(EventHeaders.CAUSATION_ID, causationId.getBytes(UTF_8));
    headers.add(EventHeaders.SOURCE, source.getBytes(UTF_8));
    headers.add(EventHeaders.EVENT_TYPE, type.getBytes(UTF_8));
    return record;
  }

  private byte[] envelope() {
    ObjectNode envelope = JsonMapper.shared().createObjectNode();
    envelope.put("event_id", id);
    envelope.put("event_type", type);
    envelope.put("occurred_at", occurredAt.toString());
    envelope.set("data", data);
    envelope
        .putObject("metadata")
        .put("correlation_id", correlationId)
        .put("causation_id", causationId)
        .put("source", source);
    return JsonMapper.shared().writeValueAsBytes(envelope);
  }
}
