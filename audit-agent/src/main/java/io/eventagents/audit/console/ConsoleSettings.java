package io.eventagents.audit.console;

import io.eventagents.SettingCheck;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the pages show and to whom, {@code audit.console.*}.
 *
 * @param catalog a directory with the schemas of other agents' events, which mark personal data
 * @param showPersonal whether personal data are shown if viewers need not log in; if they do, their
 *     right {@code audit-personal} decides
 * @param window how far back the page of the agents looks
 */
@ConfigurationProperties("audit.console")
record ConsoleSettings(
    @Nullable Path catalog,
    @DefaultValue("false") boolean showPersonal,
    @DefaultValue("1h") Duration window) {

  /**
   * @throws IllegalArgumentException if the window is less than a millisecond
   */
  ConsoleSettings {
    SettingCheck.atLeastAMillisecond("audit.console.window", window);
  }
}
