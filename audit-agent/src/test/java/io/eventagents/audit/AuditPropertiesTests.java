package io.eventagents.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AuditPropertiesTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:16686/trace/{trace_id}",
        "https://grafana.company.com/explore?left=%7B%22queries%22:%5B%22{trace_id}%22%5D%7D"
      })
  void takesWhereATraceIsLookedAt(String url) {
    assertThat(properties("audit.trace-url", url).traceUrl()).isEqualTo(url);
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
    assertThatThrownBy(() -> properties("audit.trace-url", url))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audit.trace-url is '" + url + "': set an http or https address");
  }

  @Test
  void signsTheLogEachMinuteUnlessTold() {
    AuditProperties.Checkpoints checkpoints = properties("audit.chain-limit", "10").checkpoints();

    assertThat(checkpoints.interval()).hasMinutes(1);
    assertThat(checkpoints.signingKey()).isNull();
    assertThat(checkpoints.formerSigningKey()).isNull();
  }

  @Test
  void refusesToSignTheLogAllTheTime() {
    assertThatThrownBy(() -> properties("audit.checkpoints.interval", "10ms"))
        .rootCause()
        .hasMessage("audit.checkpoints.interval has to be at least a second");
  }

  @Test
  void takesForACallWhatTheApiNamesSo() {
    assertThat(properties("audit.chain-limit", "10").callPrefixes()).containsExactly("api-");
    assertThat(properties("audit.call-prefixes", "api-,cron-").callPrefixes())
        .containsExactly("api-", "cron-");
    assertThatThrownBy(() -> properties("audit.call-prefixes[0]", " "))
        .rootCause()
        .hasMessageStartingWith("audit.call-prefixes has a blank one");
  }

  private static AuditProperties properties(String name, String value) {
    return new Binder(new MapConfigurationPropertySource(Map.of(name, value)))
        .bindOrCreate("audit", AuditProperties.class);
  }
}
