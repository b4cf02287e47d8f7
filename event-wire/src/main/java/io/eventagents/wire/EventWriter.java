package io.eventagents.wire;

import static io.eventagents.EventHeaders.ANCESTRY;
import static io.eventagents.EventHeaders.CAUSATION_ID;
import static io.eventagents.EventHeaders.CORRELATION_ID;
import static io.eventagents.EventHeaders.EVENT_ID;
import static io.eventagents.EventHeaders.EVENT_TYPE;
import static io.eventagents.EventHeaders.SOURCE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.Event;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as records: the envelope as JSON, and the headers that repeat it. Thread-safe. */
public final class EventWriter {

  private final JsonMapper json = EventJson.mapper();
  private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();

  /**
   * Writes an event.
   *
   * @param topic where it goes
   * @param key the id of the entity; null if the cause had none
   * @throws IllegalArgumentException if the payload cannot be written as JSON
   */
  public ProducerRecord<byte[], byte[]> write(String topic, byte @Nullable [] key, Event<?> event) {
    return write(topic, key, event, null);
  }

  /**
   * Writes an event.
   *
   * @param topic where it goes
   * @param key the id of the entity; null if the cause had none
   * @param ancestry the header that tells what it goes back to; null if it starts a chain
   * @throws IllegalArgumentException if the payload cannot be written as JSON
   */
  public ProducerRecord<byte[], byte[]> write(
      String topic, byte @Nullable [] key, Event<?> event, byte @Nullable [] ancestry) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, body(event));
    Headers headers = record.headers();
    headers.add(EVENT_ID, event.eventId().getBytes(UTF_8));
    headers.add(CORRELATION_ID, event.metadata().correlationId().getBytes(UTF_8));
    headers.add(CAUSATION_ID, event.metadata().causationId().getBytes(UTF_8));
    headers.add(SOURCE, event.metadata().source().getBytes(UTF_8));
    if (ancestry != null) {
      headers.add(ANCESTRY, ancestry);
    }
    // Last: routing looks for it from the end, and decodes the names that it comes past.
    headers.add(EVENT_TYPE, event.eventType().getBytes(UTF_8));
    return record;
  }

  private byte[] body(Event<?> event) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(512);
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringProperty(EVENT_ID, event.eventId());
      out.writeStringProperty(EVENT_TYPE, event.eventType());
      out.writeStringProperty("occurred_at", WireTime.format(event.occurredAt()));
      out.writeName("data");
      writers
          .computeIfAbsent(event.data().getClass(), json::writerFor)
          .writeValue(out, event.data());
      out.writeObjectPropertyStart("metadata");
      out.writeStringProperty(CORRELATION_ID, event.metadata().correlationId());
      out.writeStringProperty(CAUSATION_ID, event.metadata().causationId());
      out.writeStringProperty(SOURCE, event.metadata().source());
      out.writeEndObject();
      out.writeEndObject();
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "A "
              + event.data().getClass().getName()
              + " cannot be written as JSON: "
              + e.getOriginalMessage(),
          e);
    }
    return bytes.toByteArray();
  }
}
