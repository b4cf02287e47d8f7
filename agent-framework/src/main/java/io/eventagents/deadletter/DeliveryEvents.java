package io.eventagents.deadletter;

import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import io.eventagents.wire.Ancestry;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.RecordIdentity;
import io.eventagents.wire.RecordPosition;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Makes the events that tell a chain what became of the delivery of an event. Thread-safe. */
final class DeliveryEvents {

  private static final int LONGEST_KEY = 64 * 1024;
  private static final int LONGEST_TRACE = 1024;

  private final EventWriter writer;
  private final Clock clock;

  DeliveryEvents(EventWriter writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Makes an event. Made again for the same failure, it has the same {@code event_id}.
   *
   * @param agent whose delivery it is
   * @param record the record that was delivered: the event has its key and is in its trace
   * @param identity which event and chain the record belongs to
   * @param causeId what caused the event
   * @param failedAt where the agent read what failed; part of the id, so that an event that fails
   *     again after a replay is told again
   */
  ProducerRecord<byte[], byte[]> about(
      String agent,
      ConsumerRecord<byte[], byte[]> record,
      RecordIdentity identity,
      String causeId,
      RecordPosition failedAt,
      String eventType,
      Object payload) {
    String id = EventIds.derive(agent, causeId + "\n" + failedAt, eventType, 0);
    String correlationId = identity.correlationId();
    Event<?> event =
        new Event<>(
            id,
            eventType,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            payload,
            new EventMetadata(correlationId == null ? id : correlationId, causeId, agent));
    byte[] key = record.key();
    ProducerRecord<byte[], byte[]> told =
        writer.write(
            DeadLetters.DELIVERY_TOPIC,
            key == null || key.length > LONGEST_KEY ? null : key,
            event,
            Ancestry.of(record.headers()).with(agent));
    Header trace = record.headers().lastHeader(EventHeaders.TRACEPARENT);
    if (trace != null && trace.value() != null && trace.value().length <= LONGEST_TRACE) {
      told.headers().add(trace);
    }
    return told;
  }
}
