package io.eventagents.observation;

import io.eventagents.Event;
import io.eventagents.send.RecordSender;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation per event, and so a span. Its parent is the span of the event's record, and
 * it is the parent of what is emitted. Every record that is sent has a span too.
 */
public final class MicrometerEventTraces implements EventTraces {

  /** Spans tell the true time, whatever clock the application's rules go by. */
  private static final InstantSource TIME = InstantSource.system();

  private final ObservationRegistry observations;
  private final Tracer tracer;
  private final RecordSpans spans;

  /**
   * @param observations the registry of the agents' observations
   */
  public MicrometerEventTraces(
      ObservationRegistry observations, Tracer tracer, Propagator propagator) {
    this.observations = observations;
    this.tracer = tracer;
    this.spans = new RecordSpans(propagator);
  }

  @Override
  public <T> T observe(
      String agent, ConsumerRecord<byte[], byte[]> record, Event<?> event, Supplier<T> work) {
    ReceiverContext<ConsumerRecord<byte[], byte[]>> context =
        new ReceiverContext<>(
            (carrier, name) -> RecordSpans.header(carrier.headers(), name), Kind.CONSUMER);
    context.setCarrier(record);
    context.setRemoteServiceName("kafka");
    return Observation.createNotStarted("event.agents.handle", () -> context, observations)
        .contextualName(agent + " " + event.eventType())
        .lowCardinalityKeyValue("agent", agent)
        .lowCardinalityKeyValue("event_type", event.eventType())
        .highCardinalityKeyValue("event_id", event.eventId())
        .highCardinalityKeyValue("correlation_id", event.metadata().correlationId())
        .highCardinalityKeyValue("messaging.system", "kafka")
        .highCardinalityKeyValue("messaging.operation.type", "process")
        .highCardinalityKeyValue("messaging.destination.name", record.topic())
        .highCardinalityKeyValue(
            "messaging.destination.partition.id", Integer.toString(record.partition()))
        .highCardinalityKeyValue("messaging.kafka.offset", Long.toString(record.offset()))
        .observe(work);
  }

  @Override
  public void propagate(Headers outgoing, @Nullable Headers incoming) {
    Span span = tracer.currentSpan();
    if (span == null) {
      EventTraces.handedOn().propagate(outgoing, incoming);
    } else {
      spans.inject(span, outgoing);
    }
  }

  @Override
  public RecordSender sending(RecordSender sender) {
    return new TracedSender(sender, spans);
  }

  @Override
  public void observeTogether(
      String agent, List<ConsumerRecord<byte[], byte[]>> records, Runnable work) {
    List<ConsumerRecord<byte[], byte[]>> traced =
        records.stream().filter(record -> Traceparent.isSampled(record.headers())).toList();
    if (traced.isEmpty()) {
      work.run();
      return;
    }
    Span batch =
        tracer
            .spanBuilder()
            .setNoParent()
            .name(agent + " batch")
            .kind(Span.Kind.CONSUMER)
            .tag("agent", agent)
            .tag("messaging.system", "kafka")
            .tag("messaging.operation.type", "process")
            .tag("messaging.batch.message_count", records.size())
            .start();
    long start = now();
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      batch.error(e);
      throw e;
    } finally {
      batch.end();
    }
    long end = now();
    for (ConsumerRecord<byte[], byte[]> record : traced) {
      part(agent, record, batch)
          .startTimestamp(start, TimeUnit.MICROSECONDS)
          .start()
          .end(end, TimeUnit.MICROSECONDS);
    }
  }

  /** The record's share in the batch, in the record's own trace. */
  private Span.Builder part(String agent, ConsumerRecord<byte[], byte[]> record, Span batch) {
    Span.Builder part =
        spans
            .in(record.headers(), record.topic(), agent)
            .kind(Span.Kind.CONSUMER)
            .tag("agent", agent)
            .tag("messaging.operation.type", "process")
            .tag("messaging.destination.partition.id", Integer.toString(record.partition()))
            .tag("messaging.kafka.offset", record.offset());
    return Boolean.TRUE.equals(batch.context().sampled())
        ? part.addLink(new Link(batch.context()))
        : part;
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, TIME.instant());
  }
}
