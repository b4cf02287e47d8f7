package io.eventagents.observation;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once that the collector takes no spans, and once that it takes them again. Spans that it did
 * not take are dropped: traces must never hold up or fill up the application. Thread-safe.
 */
public final class SpanExportWatch implements SpanExporter {

  private static final Logger log = LoggerFactory.getLogger(SpanExportWatch.class);

  private final SpanExporter exporter;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();

  /**
   * @param exporter sends the spans
   */
  public SpanExportWatch(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            taken();
          } else {
            dropped(count, result.getFailureThrowable());
          }
        });
  }

  private void taken() {
    if (away.compareAndSet(true, false)) {
      log.info("Spans are exported again; {} or more were dropped", dropped.getAndSet(0));
    }
  }

  private void dropped(int count, @Nullable Throwable failure) {
    dropped.addAndGet(count);
    if (away.compareAndSet(false, true)) {
      log.warn(
          "Spans cannot be exported and are dropped until the collector takes them"
              + " (management.opentelemetry.tracing.export.otlp.endpoint): {}",
          reason(failure));
    }
  }

  private static String reason(@Nullable Throwable failure) {
    if (failure == null) {
      return "it refused them";
    }
    Throwable root = failure.getCause() == null ? failure : failure.getCause();
    return root.toString();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  @Override
  public String toString() {
    return exporter.toString();
  }
}
