package io.eventagents.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.ConnectException;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SpanExportWatchTests {

  private CompletableResultCode answer = CompletableResultCode.ofSuccess();

  private final SpanExportWatch watch =
      new SpanExportWatch(
          new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> spans) {
              return answer;
            }

            @Override
            public CompletableResultCode flush() {
              return CompletableResultCode.ofSuccess();
            }

            @Override
            public CompletableResultCode shutdown() {
              return CompletableResultCode.ofSuccess();
            }
          });

  @Test
  void saysOnceThatTheCollectorIsAwayAndOnceThatItIsBack(CapturedOutput output) {
    watch.export(List.of());
    answer = CompletableResultCode.ofExceptionalFailure(new ConnectException("Connection refused"));
    watch.export(List.of());
    watch.export(List.of());
    answer = CompletableResultCode.ofSuccess();
    watch.export(List.of());
    watch.export(List.of());

    assertThat(output.getAll().lines().filter(line -> line.contains("Spans")))
        .satisfiesExactly(
            away -> assertThat(away).contains("WARN", "cannot be exported", "Connection refused"),
            back -> assertThat(back).contains("INFO", "Spans are exported again"));
  }
}
