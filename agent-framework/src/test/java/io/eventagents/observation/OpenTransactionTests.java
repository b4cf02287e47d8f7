package io.eventagents.observation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.topic.BrokerAdmin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** A producer that leaves its transaction open, and an agent that waits for it. */
@Timeout(120)
class OpenTransactionTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");

  @EventType("ballot.cast")
  record BallotCast(String ballotId) {}

  static final AtomicInteger counted = new AtomicInteger();

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Consumer<Event<BallotCast>> counting() {
      return event -> counted.incrementAndGet();
    }
  }

  @Test
  void isNamedWithItsProducerAndTheLagBehindItUntilItIsOver() {
    EmbeddedServers.start();
    try (ConfigurableApplicationContext application =
            SpringApplication.run(
                Application.class,
                "--spring.main.web-application-type=none",
                "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "--event-agents.topics.partitions=1",
                "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers());
        KafkaProducer<byte[], byte[]> open =
            producer(Map.of("transactional.id", "counting-house"));
        KafkaProducer<byte[], byte[]> plain = producer(Map.of())) {
      AgentStatus status = application.getBean(AgentStatuses.class).all().getFirst();
      cast(plain, "first");
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(counted).hasValue(1));
      open.initTransactions();
      open.beginTransaction();
      cast(open, "second");
      open.flush();
      cast(plain, "third");

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                watch(application, NOON).look();
                assertThat(status.lag()).hasValue(2);
              });
      watch(application, NOON.plusSeconds(15)).look();
      assertThat(status.openTransactions())
          .singleElement()
          .returns(new TopicPartition("ballot-events", 0), OpenTransaction::partition)
          .returns(1L, OpenTransaction::offset)
          .returns(NOON, OpenTransaction::since)
          .returns(false, OpenTransaction::overdue)
          .satisfies(
              one ->
                  assertThat(one.producer())
                      .startsWith("producerId=")
                      .endsWith("transactionalId=counting-house"));
      assertThat(health(application)).isEqualTo(Status.UP);
      watch(application, NOON.plusSeconds(60)).look();
      assertThat(health(application)).isEqualTo(Status.OUT_OF_SERVICE);
      assertThat(counted).hasValue(1);

      open.abortTransaction();

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(counted).hasValue(2));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                watch(application, NOON.plusSeconds(75)).look();
                assertThat(status.openTransactions()).isEmpty();
              });
      assertThat(health(application)).isEqualTo(Status.UP);
    }
  }

  /** A watch at this time; the application's own is stopped. */
  private static LagWatch watch(ConfigurableApplicationContext application, Instant now) {
    application.getBean(LagWatch.class).stop();
    return new LagWatch(
        application.getBean(AgentStatuses.class),
        application.getBean(BindingServiceProperties.class),
        new ConsumerLag(application.getBean(BrokerAdmin.class)),
        new SimpleAsyncTaskScheduler(),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Status health(ConfigurableApplicationContext application) {
    return application.getBean(AgentsHealthIndicator.class).health().getStatus();
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> configuration = new HashMap<>(settings);
    configuration.put("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers());
    return new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void cast(KafkaProducer<byte[], byte[]> producer, String ballot) {
    String event =
        "{\"event_id\": \"%1$s-cast\", \"event_type\": \"ballot.cast\", \"data\": {\"ballot_id\": \"%1$s\"}}"
            .formatted(ballot);
    var unused =
        producer.send(
            new ProducerRecord<>("ballot-events", ballot.getBytes(UTF_8), event.getBytes(UTF_8)));
  }
}
