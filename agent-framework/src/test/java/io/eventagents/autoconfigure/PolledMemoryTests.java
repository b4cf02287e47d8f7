package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.embedded.EmbeddedServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** What a few kilobytes on the broker do to agents in a small heap. */
@Timeout(180)
class PolledMemoryTests {

  private static final String HEAP = "128m";

  @EventType("crate.stored")
  record CrateStored(String crate) {}

  /** Says which crates it receives. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    public static void main(String[] arguments) {
      SpringApplication.run(Application.class, arguments);
    }

    @Bean
    Consumer<Event<CrateStored>> storing() {
      return event -> System.out.println("Stored " + event.data().crate());
    }
  }

  private final String topic = "crate-" + UUID.randomUUID() + "-events";
  private final String group = "storing-" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    EmbeddedServers.start();
  }

  private SmallHeap application(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers(),
                "--spring.cloud.stream.bindings.storing-in-0.destination=" + topic,
                "--spring.cloud.stream.bindings.storing-in-0.group=" + group));
    arguments.addAll(List.of(more));
    return SmallHeap.start(HEAP, Application.class, arguments.toArray(String[]::new));
  }

  private void makeTopic(int partitions) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  /** A producer that puts all records into one batch. */
  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            EmbeddedServers.kafka().bootstrapServers(),
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "zstd",
            ProducerConfig.LINGER_MS_CONFIG,
            60_000,
            ProducerConfig.BATCH_SIZE_CONFIG,
            300_000_000,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            700_000_000L,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            300_000_000),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private ProducerRecord<byte[], byte[]> stored(int partition, String crate, int padding) {
    return new ProducerRecord<>(
        topic,
        partition,
        null,
        "{\"event_id\":\"%1$s\",\"event_type\":\"crate.stored\",\"data\":{\"crate\":\"%1$s\"},\"padding\":\"%2$s\"}"
            .formatted(crate, "x".repeat(padding))
            .getBytes(UTF_8));
  }

  /** A flush sends its batch. */
  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
  }

  private static void awaitSaid(SmallHeap application, String text) {
    await(text)
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(String.join("\n", application.said())).contains(text));
  }

  @Test
  void aRecordThatDoesNotFitIntoMemoryHoldsItsPartitionAloneAndCanBeSkipped() throws Exception {
    makeTopic(2);
    try (var producer = producer()) {
      send(producer, stored(0, "before", 0));
      Future<RecordMetadata> bomb =
          producer.send(new ProducerRecord<>(topic, 0, null, new byte[200_000_000]));
      send(producer, stored(0, "in-the-same-batch", 0));
      producer.flush();
      assertThat(bomb.get().offset()).isEqualTo(1);
      send(producer, stored(1, "beside", 0));
      producer.flush();

      try (SmallHeap application = application()) {
        awaitSaid(application, "Stored before");
        awaitSaid(application, "Stored beside");
        awaitSaid(application, "cannot read the record at " + topic + "-0@1 and waits there");
        send(producer, stored(0, "behind", 0));
        send(producer, stored(1, "beside-later", 0));
        producer.flush();

        awaitSaid(application, "Stored beside-later");
        assertThat(application.isRunning()).isTrue();
        assertThat(application.said()).noneMatch(line -> line.contains("Stored behind"));
      }
      try (SmallHeap application = application("--event-agents.skip=" + topic + "-0@1")) {
        awaitSaid(application, "passes over offsets 1 to 2 of " + topic + "-0");
        awaitSaid(application, "Stored behind");
      }
    }
  }

  @Test
  void recordsThatFitOneByOneAreNotHeldAllAtOnce() throws Exception {
    makeTopic(1);
    try (var producer = producer()) {
      IntStream.range(0, 150).forEach(i -> send(producer, stored(0, "crate-" + i, 1_000_000)));
      producer.flush();

      try (SmallHeap application = application()) {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThat(application.said())
                        .filteredOn(line -> line.startsWith("Stored "))
                        .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 150).mapToObj(i -> "Stored crate-" + i).toList()));
        assertThat(application.said()).noneMatch(line -> line.contains("OutOfMemoryError"));
      }
    }
  }

  @Test
  void theBrokerRefusesSuchARecordWhereItKnowsTheLimitOfTheTopic() throws Exception {
    try (var producer = producer();
        SmallHeap application = application()) {
      awaitSaid(application, "Made the topic " + topic);
      Future<RecordMetadata> bomb =
          producer.send(new ProducerRecord<>(topic, 0, null, new byte[20_000_000]));
      producer.flush();

      assertThat(bomb)
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(InvalidRecordException.class);
    }
  }
}
