package examples.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A restart loses no event, though the application stores nothing. */
class RestartTests {

  private final String owner = "user-" + UUID.randomUUID();
  private final String group = "analytics-" + UUID.randomUUID();

  @Test
  void measuresTasksThatWereCompletedWhileItWasAway() throws Exception {
    try (ConfigurableApplicationContext first = start()) {
      complete("2025-01-15T10:00:00Z", "2025-01-15T11:00:00Z");
      await().atMost(Duration.ofSeconds(30)).until(() -> count(first) == 1);
    }
    // Created while the first instance ran, and completed while none did.
    complete("2025-01-15T10:30:00Z", "2025-01-15T12:30:00Z");

    try (ConfigurableApplicationContext second = start()) {
      await().atMost(Duration.ofSeconds(30)).until(() -> count(second) > 0);
      complete("2025-01-15T10:00:00Z", "2025-01-15T14:00:00Z");
      await().atMost(Duration.ofSeconds(30)).until(() -> count(second) > 1);

      assertThat(count(second)).isEqualTo(2);
      assertThat(
              second
                  .getBean(MeterRegistry.class)
                  .get("task.completion")
                  .tag("owner", owner)
                  .timer()
                  .totalTime(TimeUnit.HOURS))
          .isEqualTo(6);
    }
  }

  private ConfigurableApplicationContext start() {
    return SpringApplication.run(
        TaskAnalytics.class,
        "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers(),
        "--spring.cloud.stream.bindings.completionTimes-in-0.group=" + group,
        "--server.port=0");
  }

  private long count(ConfigurableApplicationContext context) {
    return context
        .getBean(MeterRegistry.class)
        .find("task.completion")
        .tag("owner", owner)
        .timers()
        .stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private void complete(String createdAt, String completedAt) throws Exception {
    String id = UUID.randomUUID().toString();
    String event =
        """
        {"event_id": "%s", "event_type": "task.completed", "occurred_at": "%s",
         "data": {"task_id": "task-1", "title": "Review", "owner_id": "%s", "priority": 2, "created_at": "%s"},
         "metadata": {"correlation_id": "req-1", "causation_id": "api-complete-1", "source": "task-api"}}"""
            .formatted(id, completedAt, owner, createdAt);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>("task-events", "task-1", event)).get();
    }
  }
}
