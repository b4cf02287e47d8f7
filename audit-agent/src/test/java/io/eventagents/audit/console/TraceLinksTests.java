package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TraceLinksTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:16686/trace/{trace_id}",
        "https://grafana.company.com/explore?left=%7B%22queries%22:%5B%22{trace_id}%22%5D%7D"
      })
  void acceptsTheAddressOfATrace(String url) {
    assertThat(links("audit.trace-url", url).traceUrl()).isEqualTo(url);
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
  void saysWhatIsWrongWithOtherAddresses(String url) {
    assertThatThrownBy(() -> links("audit.trace-url", url))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audit.trace-url is '" + url + "': set an http or https address");
  }

  private static TraceLinks links(String name, String value) {
    return new Binder(new MapConfigurationPropertySource(Map.of(name, value)))
        .bindOrCreate("audit", TraceLinks.class);
  }
}
