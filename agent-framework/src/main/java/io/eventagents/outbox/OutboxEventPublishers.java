package io.eventagents.outbox;

import io.eventagents.Cause;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.observation.EventTraces;
import io.eventagents.wire.EventStamp;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.InvalidPayload;
import io.eventagents.wire.PayloadType;
import io.eventagents.wire.PayloadTypes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes publishers that write to the outbox, and knows what each may publish. Thread-safe. */
public final class OutboxEventPublishers implements EventPublishers {

  private final Outbox outbox;
  private final EventWriter writer;
  private final EventTraces traces;
  private final Clock clock;
  private final Map<String, PayloadTypes> published = new ConcurrentHashMap<>();

  /**
   * @param outbox takes the events, in the caller's transaction
   */
  public OutboxEventPublishers(Outbox outbox, EventWriter writer, EventTraces traces, Clock clock) {
    this.outbox = outbox;
    this.writer = writer;
    this.traces = traces;
    this.clock = clock;
  }

  @Override
  public <T> EventPublisher<T> create(String source, Class<T> payloadType) {
    PayloadTypes types = PayloadTypes.of(payloadType);
    for (PayloadType type : types.all()) {
      if (!type.hasEntityKey()) {
        throw new InvalidPayload(
            "The payload "
                + type.recordClass().getName()
                + " is published outside an event and has no key to inherit.",
            "Mark the component that holds the id of its entity with @EntityKey.");
      }
    }
    published.put(source + " " + payloadType.getName(), types);
    EventStamp stamp = new EventStamp(source, types, domain -> domain + "-events", writer, clock);
    return new EventPublisher<>() {
      @Override
      public <P extends T> Event<P> publish(P payload, Cause cause) {
        EventStamp.Published<P> stamped = stamp.published(payload, cause);
        traces.propagate(stamped.record().headers(), null);
        outbox.write(List.of(stamped.record()));
        return stamped.event();
      }
    };
  }

  /** The payloads that may be published, by publisher. */
  public Map<String, PayloadTypes> published() {
    return Map.copyOf(published);
  }
}
