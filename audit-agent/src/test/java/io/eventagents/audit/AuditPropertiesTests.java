package io.eventagents.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditPropertiesTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:16686/trace/{trace_id}",
        "https://grafana.company.com/explore?left=%7B%22queries%22:%5B%22{trace_id}%22%5D%7D"
      })
  void takesWhereATraceIsLookedAt(String url) {
    assertThat(with(url).traceUrl()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:16686/trace/",
        "javascript:alert('{trace_id}')",
        "localhost:16686/trace/{trace_id}",
        "http:///{trace_id}",
        "{trace_id}"
      })
  void saysWhatIsWrongWithAnother(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(url))
        .withMessageContaining("audit.trace-url is '" + url + "': set an http or https address");
  }

  private static AuditProperties with(String traceUrl) {
    return new AuditProperties(
        Path.of("log"),
        1,
        traceUrl,
        new AuditProperties.Console(null, null, false, Duration.ofHours(1)));
  }
}
