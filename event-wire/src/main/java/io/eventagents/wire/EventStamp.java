package io.eventagents.wire;

import io.eventagents.Cause;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of payloads at the send boundary: id, type, time, correlation, causation and source.
 * Thread-safe.
 *
 * <p>The agent never sees an id, and cannot lose one.
 */
public final class EventStamp {

  private final String source;
  private final PayloadTypes types;
  private final UnaryOperator<String> topicOfDomain;
  private final EventWriter writer;
  private final Clock clock;

  /**
   * @param source the name of the agent or publisher
   * @param types what it may emit
   * @param topicOfDomain the topic that events of a domain go to
   */
  public EventStamp(
      String source,
      PayloadTypes types,
      UnaryOperator<String> topicOfDomain,
      EventWriter writer,
      Clock clock) {
    this.source = source;
    this.types = types;
    this.topicOfDomain = topicOfDomain;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Stamps what an agent emitted because of an event.
   *
   * @param key the record key of the cause, inherited where the payload names none
   * @param descent what they descend from
   * @return a record per payload, in order
   * @throws IllegalArgumentException if a payload is of a type that the agent does not declare, or
   *     cannot be written
   */
  public List<ProducerRecord<byte[], byte[]>> emitted(
      Event<?> cause, byte @Nullable [] key, Descent descent, Collection<?> payloads) {
    if (payloads.isEmpty()) {
      return List.of();
    }
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(payloads.size());
    Map<String, Integer> ordinals = payloads.size() == 1 ? Map.of() : new HashMap<>();
    for (Object payload : payloads) {
      if (payload == null) {
        throw new IllegalArgumentException(
            source + " returned a null among its payloads; leave it out");
      }
      PayloadType type = types.of(payload);
      int ordinal =
          payloads.size() == 1 ? 0 : ordinals.merge(type.eventType(), 1, Integer::sum) - 1;
      String id = EventIds.derive(source, cause.eventId(), type.eventType(), ordinal);
      Event<?> event = event(id, type, payload, cause.metadata().correlationId(), cause.eventId());
      records.add(write(type, type.keyOf(payload).orElse(key), event, descent.header()));
    }
    return records;
  }

  /**
   * Stamps what a publisher publishes; while an agent is called, as descending from its event.
   *
   * @throws IllegalArgumentException if the payload is of a type that the publisher does not
   *     declare, or has no key
   */
  public <P> Published<P> published(P payload, Cause cause) {
    PayloadType type = types.of(payload);
    String id =
        switch (cause) {
          case Cause.Call call -> UUID.randomUUID().toString();
          case Cause.OfEvent of ->
              EventIds.derive(source, of.causationId(), type.eventType(), of.occurrence());
        };
    Event<P> event = event(id, type, payload, cause.correlationId(), cause.causationId());
    byte[] key =
        type.keyOf(payload)
            .orElseThrow(() -> new IllegalArgumentException(type + " has no @EntityKey"));
    return new Published<>(event, write(type, key, event, Descent.currentHeader()));
  }

  private <P> Event<P> event(
      String id, PayloadType type, P payload, String correlationId, String causationId) {
    return new Event<>(
        id,
        type.eventType(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        payload,
        new EventMetadata(correlationId, causationId, source));
  }

  private ProducerRecord<byte[], byte[]> write(
      PayloadType type, byte @Nullable [] key, Event<?> event, byte @Nullable [] ancestry) {
    return writer.write(topicOfDomain.apply(type.name().domain()), key, event, ancestry);
  }

  /**
   * A published event and the record that carries it.
   *
   * @param event the event as stamped
   * @param record its record
   */
  public record Published<P>(Event<P> event, ProducerRecord<byte[], byte[]> record) {}
}
