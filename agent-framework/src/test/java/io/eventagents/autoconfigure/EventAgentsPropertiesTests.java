package io.eventagents.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.Effects;
import io.eventagents.inbox.InboxProperties;
import io.eventagents.outbox.OutboxProperties;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.topic.TopicSettings;
import io.eventagents.wire.ChainLimits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class EventAgentsPropertiesTests {

  @Test
  void allHaveDefaults() {
    EventAgentsProperties properties = bind(Map.of());

    assertThat(properties.agent("any").retryPolicy(properties.retry()))
        .isEqualTo(new RetryPolicy(4, Duration.ofMillis(500), 2, Duration.ofSeconds(10), 0.2));
    assertThat(properties.agent("any").maxAgeOrDefault()).isEqualTo(Duration.ofHours(24));
    assertThat(properties.topics().settings(DataSize.ofMegabytes(16)))
        .isEqualTo(
            new TopicSettings(
                true,
                6,
                null,
                null,
                Duration.ofDays(12),
                Duration.ofDays(90),
                DataSize.ofMegabytes(16)));
  }

  @Test
  void anAgentsOwnSettingsOverrideThoseOfAllOneByOne() {
    EventAgentsProperties properties =
        bind(
            Map.of(
                "event-agents.retry.attempts", "7",
                "event-agents.retry.max-delay", "20s",
                "event-agents.agents.notification-sms.retry.initial-delay", "1s",
                "event-agents.agents.notification-sms.retry.jitter", "0",
                "event-agents.agents.notification-sms.max-age", "1h"));

    assertThat(properties.agent("notification-sms").retryPolicy(properties.retry()))
        .isEqualTo(new RetryPolicy(7, Duration.ofSeconds(1), 2, Duration.ofSeconds(20), 0));
    assertThat(properties.agent("notification-sms").maxAgeOrDefault())
        .isEqualTo(Duration.ofHours(1));
    assertThat(properties.agent("other").retryPolicy(properties.retry()).initialDelay())
        .isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void chainsGoAsFarAsAllAgentsOrTheOneLetThem() {
    EventAgentsProperties properties =
        bind(
            Map.of(
                "event-agents.chains.max-depth", "300",
                "event-agents.agents.saga.chains.max-repeats", "40"));

    assertThat(bind(Map.of()).agent("any").chainLimits(bind(Map.of()).chains()))
        .isEqualTo(new ChainLimits(100, 10))
        .isEqualTo(ChainLimits.DEFAULT);
    assertThat(properties.agent("any").chainLimits(properties.chains()))
        .isEqualTo(new ChainLimits(300, 10));
    assertThat(properties.agent("saga").chainLimits(properties.chains()))
        .isEqualTo(new ChainLimits(300, 40));
  }

  @Test
  void keysAreWorkedOnSideBySideByTheKindOfAgent() {
    EventAgentsProperties properties = bind(Map.of("event-agents.agents.tuned.concurrency", "3"));

    assertThat(properties.agent("any").concurrencyOf(Effects.NONE)).isBetween(1, 4);
    assertThat(properties.agent("any").concurrencyOf(Effects.EXTERNAL)).isEqualTo(16);
    assertThat(properties.agent("any").concurrencyOf(Effects.DATABASE)).isEqualTo(1);
    assertThat(properties.agent("tuned").concurrencyOf(Effects.NONE)).isEqualTo(3);
    assertThat(properties.agent("tuned").concurrencyOf(Effects.EXTERNAL)).isEqualTo(3);
    assertThat(properties.agent("tuned").concurrencyOf(Effects.DATABASE)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "concurrency, 0",
    "concurrency, -1",
    "max-age,     0s",
    "max-age,     -1h",
  })
  void whatWouldStopAnAgentIsRefused(String setting, String value) {
    assertThatExceptionOfType(BindException.class)
        .isThrownBy(() -> bind(Map.of("event-agents.agents.notification-sms." + setting, value)))
        .havingRootCause()
        .withMessageStartingWith("event-agents.agents.<name>." + setting + " is ");
  }

  @ParameterizedTest
  @CsvSource({
    "topics.retention,             999us, 'PT0.000999S; it must be at least PT0.001S, or -1ms to keep events for ever'",
    "topics.retention,             -2ms,  'PT-0.002S; it must be at least PT0.001S, or -1ms to keep events for ever'",
    "topics.dead-letter-retention, 0s,    'PT0S; it must be at least PT0.001S, or -1ms to keep events for ever'",
    "max-poll-size,                0,     0B; it must be at least 1B",
    "max-record-size,              -1MB,  -1048576B; it must be at least 1B",
    "inbox.retention,              999us, PT0.000999S; it must be at least PT0.001S",
    "inbox.cleaning-interval,      0s,    PT0S; it must be at least PT0.001S",
    "outbox.poll-interval,         999us, PT0.000999S; it must be at least PT0.001S",
    "outbox.batch-size,            0,     0; it must be at least 1",
    "outbox.batch-bytes,           0,     0B; it must be at least 1B",
  })
  void whatWouldBecomeZeroIsRefused(String setting, String value, String says) {
    Binder binder =
        new Binder(new MapConfigurationPropertySource(Map.of("event-agents." + setting, value)));

    assertThatExceptionOfType(BindException.class)
        .isThrownBy(
            () -> {
              binder.bindOrCreate("event-agents", EventAgentsProperties.class);
              binder.bindOrCreate("event-agents.inbox", InboxProperties.class);
              binder.bindOrCreate("event-agents.outbox", OutboxProperties.class);
            })
        .havingRootCause()
        .withMessage("event-agents." + setting + " is " + says);
  }

  @Test
  void topicsMayBeKeptForEver() {
    EventAgentsProperties properties =
        bind(
            Map.of(
                "event-agents.topics.retention", "-1ms",
                "event-agents.topics.dead-letter-retention", "-1ms"));

    assertThat(properties.topics().retention().toMillis()).isEqualTo(-1);
    assertThat(properties.topics().deadLetterRetention().toMillis()).isEqualTo(-1);
  }

  private static EventAgentsProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("event-agents", EventAgentsProperties.class);
  }
}
