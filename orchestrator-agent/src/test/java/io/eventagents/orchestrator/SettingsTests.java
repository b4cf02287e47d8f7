package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.orchestrator.followup.FollowUpWatchProperties;
import io.eventagents.orchestrator.http.IdempotencyProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The defaults of the settings, and the values that are refused. */
class SettingsTests {

  @EnableConfigurationProperties({IdempotencyProperties.class, FollowUpWatchProperties.class})
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void haveDefaultsEvenIfOneIsEmpty() {
    runner
        .withPropertyValues("orchestrator.idempotency.retention=", "orchestrator.watch.max-age=")
        .run(
            context -> {
              assertThat(context.getBean(IdempotencyProperties.class))
                  .isEqualTo(
                      new IdempotencyProperties(Duration.ofHours(24), Duration.ofSeconds(5)));
              assertThat(context.getBean(FollowUpWatchProperties.class))
                  .isEqualTo(
                      new FollowUpWatchProperties(
                          Duration.ofSeconds(1),
                          Duration.ofSeconds(10),
                          Duration.ofHours(24),
                          Duration.ofDays(30)));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "idempotency.retention, 0s, is PT0S; it must be at least PT0.001S",
    "idempotency.patience, -1s, is PT-1S; it must be at least PT0.001S",
    "idempotency.patience, 999us, is PT0.000999S; it must be at least PT0.001S",
    "watch.poll-interval, 0s, is PT0S; it must be at least PT0.001S",
    "watch.max-age, 0s, is PT0S; it must be at least PT0.001S",
    "watch.retention, -1d, is PT-24H; it must be at least PT0.001S",
    "watch.start-delay, -1s, is PT-1S; it must not be negative"
  })
  void areRefusedWithWhatToDo(String setting, String value, String message) {
    runner
        .withPropertyValues("orchestrator." + setting + "=" + value)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessage("orchestrator." + setting + " " + message));
  }
}
