package io.eventagents.observation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventagents.send.RecordSender;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MicrometerEventTracesTests {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private final List<SpanData> spans = new ArrayList<>();
  private final Tracer tracer =
      SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(new Collecting()))
          .build()
          .get("test");
  private final MicrometerEventTraces traces =
      new MicrometerEventTraces(
          ObservationRegistry.NOOP,
          new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {}),
          new OtelPropagator(
              ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer));

  private CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
  private final RecordSender sender = traces.sending(record -> acknowledgement);

  @Test
  void sentRecordNamesTheSpanOfItsSending() {
    ProducerRecord<byte[], byte[]> record = outgoing("00-" + TRACE + "-" + PARENT + "-01");

    CompletableFuture<Void> sent = sender.send(record);
    assertThat(sent).isSameAs(acknowledgement);
    assertThat(spans).isEmpty();
    acknowledgement.complete(null);

    assertThat(spans)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getName()).isEqualTo("send task.created");
              assertThat(span.getTraceId()).isEqualTo(TRACE);
              assertThat(span.getParentSpanId()).isEqualTo(PARENT);
              assertThat(traceparent(record.headers()))
                  .isEqualTo("00-" + TRACE + "-" + span.getSpanId() + "-01");
            });
  }

  @Test
  void recordOfATraceThatIsNotRecordedIsSentAsItIs() {
    String traceparent = "00-" + TRACE + "-" + PARENT + "-00";
    ProducerRecord<byte[], byte[]> record = outgoing(traceparent);

    CompletableFuture<?> sent = sender.send(record);
    acknowledgement.complete(null);

    assertThat(sent).isCompleted();
    assertThat(spans).isEmpty();
    assertThat(traceparent(record.headers())).isEqualTo(traceparent);
  }

  @Test
  void recordThatNoTraceLedToStartsOne() {
    ProducerRecord<byte[], byte[]> record = outgoing(null);

    CompletableFuture<?> sent = sender.send(record);
    acknowledgement.complete(null);

    assertThat(sent).isCompleted();
    assertThat(spans)
        .singleElement()
        .satisfies(
            span ->
                assertThat(traceparent(record.headers()))
                    // 3: recorded, and its id is random
                    .isEqualTo("00-" + span.getTraceId() + "-" + span.getSpanId() + "-03"));
  }

  @Test
  void failedSendIsInItsSpan() {
    acknowledgement = CompletableFuture.failedFuture(new RecordTooLargeException("2 MB"));

    assertThat(sender.send(outgoing(null)).exceptionNow())
        .isInstanceOf(RecordTooLargeException.class);
    assertThat(spans)
        .singleElement()
        .satisfies(
            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
  }

  @Test
  void recordsThatAreHandledTogetherHaveASpanEachWithALinkToTheBatch() {
    traces.observeTogether(
        "audit-log",
        List.of(incoming("01"), incoming("00"), incoming("01")),
        () -> assertThat(spans).isEmpty());

    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly("audit-log batch", "audit-log task.created", "audit-log task.created");
    SpanData batch = spans.getFirst();
    assertThat(batch.getTraceId()).isNotEqualTo(TRACE);
    assertThat(spans.subList(1, 3))
        .allSatisfy(
            span -> {
              assertThat(span.getParentSpanId()).isEqualTo(PARENT);
              assertThat(span.getLinks())
                  .singleElement()
                  .satisfies(
                      link ->
                          assertThat(link.getSpanContext().getSpanId())
                              .isEqualTo(batch.getSpanId()));
            });
  }

  @Test
  void batchWithoutARecordedTraceHasNoSpan() {
    traces.observeTogether("audit-log", List.of(incoming("00")), () -> {});

    assertThat(spans).isEmpty();
  }

  @Test
  void failedBatchHasNoSpansOfItsRecords() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                traces.observeTogether(
                    "audit-log",
                    List.of(incoming("01")),
                    () -> {
                      throw new IllegalStateException("disk full");
                    }));

    assertThat(spans)
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.getName()).isEqualTo("audit-log batch");
              assertThat(batch.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            });
  }

  private static ProducerRecord<byte[], byte[]> outgoing(@Nullable String traceparent) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("task-events", new byte[0]);
    record.headers().add("event_type", "task.created".getBytes(UTF_8));
    if (traceparent != null) {
      record.headers().add("traceparent", traceparent.getBytes(UTF_8));
    }
    return record;
  }

  private static ConsumerRecord<byte[], byte[]> incoming(String flags) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("task-events", 0, 7, new byte[0], new byte[0]);
    record.headers().add("event_type", "task.created".getBytes(UTF_8));
    record
        .headers()
        .add("traceparent", ("00-" + TRACE + "-" + PARENT + "-" + flags).getBytes(UTF_8));
    return record;
  }

  private static String traceparent(Headers headers) {
    assertThat(headers.headers("traceparent")).hasSize(1);
    return new String(headers.lastHeader("traceparent").value(), UTF_8);
  }

  private final class Collecting implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> exported) {
      spans.addAll(exported);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
