package io.eventagents.observation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.EventHeaders;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.propagation.Propagator;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans with the headers of a record that a person looks for in a trace. The names of
 * attributes are those of OpenTelemetry's conventions for messaging, and the event's own.
 * Thread-safe.
 */
final class RecordSpans {

  private final Propagator propagator;

  RecordSpans(Propagator propagator) {
    this.propagator = propagator;
  }

  /**
   * A span in the record's trace, not started yet.
   *
   * @param verb what is done, before the event's type in the span's name
   */
  Span.Builder in(Headers headers, String topic, String verb) {
    String type = said(headers, EventHeaders.EVENT_TYPE);
    Span.Builder span =
        propagator
            .extract(headers, RecordSpans::header)
            .name(verb + " " + (type == null ? topic : type))
            .remoteServiceName("kafka")
            .tag("messaging.system", "kafka")
            .tag("messaging.destination.name", topic);
    tag(span, EventHeaders.EVENT_TYPE, type);
    tag(span, EventHeaders.EVENT_ID, said(headers, EventHeaders.EVENT_ID));
    tag(span, EventHeaders.CORRELATION_ID, said(headers, EventHeaders.CORRELATION_ID));
    return span;
  }

  /** As agents read it. */
  private static @Nullable String said(Headers headers, String name) {
    return EventHeaders.read(EventHeaders.value(headers, name));
  }

  private static void tag(Span.Builder span, String name, @Nullable String value) {
    if (value != null) {
      span.tag(name, value);
    }
  }

  /** Makes the span the parent of the spans of those who read the record. */
  void inject(Span span, Headers headers) {
    propagator.inject(
        span.context(),
        headers,
        (carrier, name, value) -> {
          if (carrier != null) {
            carrier.remove(name);
            carrier.add(name, value.getBytes(UTF_8));
          }
        });
  }

  static @Nullable String header(Headers headers, String name) {
    byte[] value = EventHeaders.value(headers, name);
    return value == null ? null : new String(value, UTF_8);
  }
}
