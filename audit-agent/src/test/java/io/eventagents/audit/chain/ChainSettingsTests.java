package io.eventagents.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ChainSettingsTests {

  @Test
  void takesIdsWithItsPrefixesForCalls() {
    assertThat(settings("audit.chain-limit", "10").callPrefixes()).containsExactly("api-");
    assertThat(settings("audit.call-prefixes", "api-,cron-").callPrefixes())
        .containsExactly("api-", "cron-");
    assertThatThrownBy(() -> settings("audit.call-prefixes[0]", " "))
        .rootCause()
        .hasMessageStartingWith("audit.call-prefixes has a blank prefix");
  }

  private static ChainSettings settings(String name, String value) {
    return new Binder(new MapConfigurationPropertySource(Map.of(name, value)))
        .bindOrCreate("audit", ChainSettings.class);
  }
}
