package io.eventagents.outbox;

import io.eventagents.wire.HeaderBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A stored record that is not parked.
 *
 * @param id its place in the order
 * @param parkedBefore an earlier, parked row of its topic and key, for which this one waits; null
 *     if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record OutboxRow(
    long id,
    String topic,
    @Nullable Integer partition,
    @Nullable Long timestamp,
    byte @Nullable [] key,
    byte[] headers,
    byte @Nullable [] value,
    @Nullable String eventId,
    @Nullable Long parkedBefore) {

  // No known broker refuses what is smaller than this; the default limit is 1 MiB.
  private static final int SURELY_ACCEPTED = 64 * 1024;

  /**
   * @throws IllegalArgumentException if the stored row makes no record
   */
  ProducerRecord<byte[], byte[]> toRecord() {
    return new ProducerRecord<>(topic, partition, timestamp, key, value, HeaderBytes.read(headers));
  }

  /** The key of its order; empty for a record without a key, which may go in any order. */
  Optional<OrderKey> orderKey() {
    return key == null ? Optional.empty() : Optional.of(new OrderKey(topic, ByteBuffer.wrap(key)));
  }

  /**
   * Whether the broker could refuse it for good although the producer took it. Then the next record
   * of its key must wait for the answer. Others need not wait, since the producer keeps them in
   * order.
   */
  boolean mayBeRefused() {
    int bytes =
        headers.length + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    return timestamp != null || bytes > SURELY_ACCEPTED;
  }

  /** Names it in a log line, without its payload. */
  String description() {
    return "outbox row %d (topic %s, key %s, event %s)"
        .formatted(
            id,
            topic,
            key == null ? "none" : new String(key, StandardCharsets.UTF_8),
            eventId == null ? "without id" : eventId);
  }

  /** Never shows the payload. */
  @Override
  public String toString() {
    return description();
  }
}
