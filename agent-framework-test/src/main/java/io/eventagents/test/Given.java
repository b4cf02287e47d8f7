package io.eventagents.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.PayloadType;
import io.eventagents.wire.PayloadTypes;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** What a test gives an agent: turned into the record that would carry it. */
sealed interface Given {

  /** The chain of all that is given without metadata. */
  String CORRELATION_ID = "req-1";

  /** The record's key if nothing names another. */
  String KEY = "entity-1";

  /**
   * A record of it.
   *
   * @param position its offset, and what its made-up id is derived from
   * @param key the record key; null for that of the payload, or a made-up one
   */
  ConsumerRecord<byte[], byte[]> record(int position, @Nullable String key);

  /**
   * A payload.
   *
   * @throws IllegalArgumentException if it has no {@code @EventType}
   */
  static Given payload(Record payload) {
    return new OfPayload(payload, typeOf(payload));
  }

  private static PayloadType typeOf(Object payload) {
    return PayloadTypes.of(payload.getClass()).of(payload);
  }

  private static ConsumerRecord<byte[], byte[]> written(
      PayloadType type, Event<?> event, int position, @Nullable String key) {
    byte[] written =
        Optional.ofNullable(key)
            .map(text -> text.getBytes(UTF_8))
            .or(() -> type.keyOf(event.data()))
            .orElseGet(() -> KEY.getBytes(UTF_8));
    ProducerRecord<byte[], byte[]> record =
        new EventWriter().write(type.name().topic(), written, event);
    return consumed(record.topic(), position, written, record.value(), record.headers());
  }

  private static ConsumerRecord<byte[], byte[]> consumed(
      String topic, int position, byte[] key, byte[] value, Headers headers) {
    return new ConsumerRecord<>(
        topic,
        0,
        position,
        Clock.systemUTC().millis(),
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** A payload, whose event is made up. */
  record OfPayload(Record payload, PayloadType type) implements Given {

    @Override
    public ConsumerRecord<byte[], byte[]> record(int position, @Nullable String key) {
      Event<?> event =
          new Event<>(
              EventIds.derive("test", CORRELATION_ID, type.eventType(), position),
              type.eventType(),
              Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
              payload,
              new EventMetadata(CORRELATION_ID, "api-call-1", "test"));
      return written(type, event, position, key);
    }

    @Override
    public String toString() {
      return type.eventType() + " " + payload;
    }
  }

  /** A whole event. */
  record OfEvent(Event<?> event) implements Given {

    @Override
    public ConsumerRecord<byte[], byte[]> record(int position, @Nullable String key) {
      return written(typeOf(event.data()), event, position, key);
    }

    @Override
    public String toString() {
      return event.toString();
    }
  }

  /** Text as another program writes it. */
  record OfText(String text) implements Given {

    @Override
    public ConsumerRecord<byte[], byte[]> record(int position, @Nullable String key) {
      return consumed(
          "some-events",
          position,
          (key == null ? KEY : key).getBytes(UTF_8),
          text.getBytes(UTF_8),
          new RecordHeaders());
    }

    @Override
    public String toString() {
      return text.strip();
    }
  }
}
