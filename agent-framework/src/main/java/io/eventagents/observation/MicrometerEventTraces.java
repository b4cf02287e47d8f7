package io.eventagents.observation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.Event;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * An observation per event, and so a span: the parent is that of its record, and it is the parent
 * of what is emitted.
 */
public final class MicrometerEventTraces implements EventTraces {

  private final ObservationRegistry observations;
  private final Tracer tracer;
  private final Propagator propagator;

  /**
   * @param observations where the observations of agents go
   */
  public MicrometerEventTraces(
      ObservationRegistry observations, Tracer tracer, Propagator propagator) {
    this.observations = observations;
    this.tracer = tracer;
    this.propagator = propagator;
  }

  @Override
  public <T> T observe(
      String agent, ConsumerRecord<byte[], byte[]> record, Event<?> event, Supplier<T> work) {
    ReceiverContext<ConsumerRecord<byte[], byte[]>> context =
        new ReceiverContext<>(MicrometerEventTraces::header, Kind.CONSUMER);
    context.setCarrier(record);
    context.setRemoteServiceName("kafka");
    return Observation.createNotStarted("event.agents.handle", () -> context, observations)
        .contextualName(agent + " " + event.eventType())
        .lowCardinalityKeyValue("agent", agent)
        .lowCardinalityKeyValue("event_type", event.eventType())
        .highCardinalityKeyValue("event_id", event.eventId())
        .highCardinalityKeyValue("correlation_id", event.metadata().correlationId())
        .observe(work);
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  @Override
  public void propagate(Headers outgoing, @Nullable Headers incoming) {
    Span span = tracer.currentSpan();
    if (span == null) {
      EventTraces.handedOn().propagate(outgoing, incoming);
      return;
    }
    propagator.inject(
        span.context(),
        outgoing,
        (headers, name, value) -> {
          if (headers != null) {
            headers.remove(name);
            headers.add(name, value.getBytes(UTF_8));
          }
        });
  }
}
