package io.eventagents.observation;

import io.eventagents.send.RecordSender;
import io.micrometer.tracing.Span;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes a span from the moment a record is handed over until it is acknowledged. The span is the
 * parent of the spans of all who read the record; the time between its own parent and itself is the
 * time in the outbox. Records of traces that are not recorded pass as they are. Thread-safe.
 */
final class TracedSender implements RecordSender {

  private final RecordSender sender;
  private final RecordSpans spans;

  TracedSender(RecordSender sender, RecordSpans spans) {
    this.sender = sender;
    this.spans = spans;
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    // A record that no trace led to, such as one that a timer publishes, starts a trace here: then
    // all who read the record are in the same trace.
    if (!Traceparent.isSampled(record.headers()) && !Traceparent.isMissing(record.headers())) {
      return sender.send(record);
    }
    Span span =
        spans
            .in(record.headers(), record.topic(), "send")
            .kind(Span.Kind.PRODUCER)
            .tag("messaging.operation.type", "send")
            .start();
    spans.inject(span, record.headers());
    CompletableFuture<Void> sent = sender.send(record);
    var unused =
        sent.whenComplete(
            (acknowledged, failure) -> {
              if (failure != null) {
                span.error(failure);
              }
              span.end();
            });
    return sent;
  }

  @Override
  public void flush() {
    sender.flush();
  }
}
