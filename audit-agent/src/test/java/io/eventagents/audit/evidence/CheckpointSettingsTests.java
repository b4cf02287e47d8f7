package io.eventagents.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CheckpointSettingsTests {

  @Test
  void signsTheLogEveryMinuteByDefault() {
    CheckpointSettings checkpoints = settings("audit.chain-limit", "10");

    assertThat(checkpoints.interval()).hasMinutes(1);
    assertThat(checkpoints.signingKey()).isNull();
    assertThat(checkpoints.formerSigningKey()).isNull();
  }

  @Test
  void refusesToSignTheLogTooOften() {
    assertThatThrownBy(() -> settings("audit.checkpoints.interval", "10ms"))
        .rootCause()
        .hasMessage("audit.checkpoints.interval must be at least a second");
  }

  private static CheckpointSettings settings(String name, String value) {
    return new Binder(new MapConfigurationPropertySource(Map.of(name, value)))
        .bindOrCreate("audit.checkpoints", CheckpointSettings.class);
  }
}
