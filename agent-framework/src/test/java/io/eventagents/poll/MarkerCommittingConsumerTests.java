package io.eventagents.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.embedded.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** What the broker knows of a group that has read everything. */
@Timeout(120)
class MarkerCommittingConsumerTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String GROUP = "weighing";
  private static final int ABORTED_ONLY = 0;
  private static final int COMMITTED = 1;
  private static final int COMMITTED_THEN_ABORTED = 2;
  private static final int READ_UP_TO_A_MARKER = 3;

  private static Admin admin;

  private final TopicPartition one = new TopicPartition("cargo-events", 0);
  private final TopicPartition other = new TopicPartition("cargo-events", 1);

  /** What the next poll returns: each partition's position is at 9 then. */
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new HashMap<>();

  private final MockConsumer<byte[], byte[]> client =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
          Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
          polled.keySet().forEach(partition -> next.put(partition, new OffsetAndMetadata(9)));
          polled.values().removeIf(List::isEmpty);
          ConsumerRecords<byte[], byte[]> records = new ConsumerRecords<>(Map.copyOf(polled), next);
          polled.clear();
          return records;
        }
      };

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer =
      new MarkerCommittingConsumer(client, StoringAgent.status()).proxy();

  @EventType("cargo.loaded")
  record CargoLoaded(String cargoId) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Consumer<Event<CargoLoaded>> weighing() {
      return event -> {};
    }
  }

  @BeforeEach
  void assign() {
    consumer.assign(List.of(one, other));
  }

  @BeforeAll
  static void connect() {
    EmbeddedServers.start();
    admin = Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()));
  }

  @AfterAll
  static void disconnect() {
    admin.close();
  }

  @Test
  void aGroupThatHasReadEverythingHasNoLagBehindTransactions() throws Exception {
    admin.createTopics(List.of(new NewTopic("cargo-events", 4, (short) 1))).all().get();
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "harbour"))) {
      producer.initTransactions();
      transaction(producer, ABORTED_ONLY, false);
      transaction(producer, COMMITTED, true);
      transaction(producer, COMMITTED_THEN_ABORTED, true);
      transaction(producer, COMMITTED_THEN_ABORTED, false);
      transaction(producer, READ_UP_TO_A_MARKER, true);
      admin
          .alterConsumerGroupOffsets(
              GROUP, Map.of(partition(READ_UP_TO_A_MARKER), new OffsetAndMetadata(1)))
          .all()
          .get();
      try (ConfigurableApplicationContext application = start()) {
        assertThat(application.isRunning()).isTrue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(committed()).isEqualTo(ends()));
        for (int partition = 0; partition < 4; partition++) {
          transaction(producer, partition, false);
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(committed()).isEqualTo(ends()));
      }
    }
  }

  @Test
  void nothingIsCommittedPastARecordThatIsNotFinished() {
    polled.put(one, List.of(record(one, 4), record(one, 5)));
    polled.put(other, List.of());

    consumer.poll(Duration.ZERO);
    consumer.poll(Duration.ZERO);
    assertThat(offsets(client, one, other)).isEqualTo(Map.of(other, 9L));

    consumer.commitSync(Map.of(one, new OffsetAndMetadata(5)));
    consumer.poll(Duration.ZERO);
    assertThat(offsets(client, one, other)).isEqualTo(Map.of(one, 5L, other, 9L));

    consumer.commitSync(Map.of(one, new OffsetAndMetadata(6)));
    consumer.poll(Duration.ZERO);
    assertThat(offsets(client, one, other)).isEqualTo(Map.of(one, 9L, other, 9L));
  }

  @Test
  void nothingIsCommittedPastWhatTheContainerGoesBackTo() {
    polled.put(one, List.of());
    consumer.poll(Duration.ZERO);

    consumer.seek(one, 7);
    consumer.poll(Duration.ZERO);

    assertThat(client.committed(Set.of(one))).isEmpty();
  }

  private static Map<TopicPartition, Long> offsets(
      MockConsumer<byte[], byte[]> client, TopicPartition... partitions) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    client
        .committed(Set.of(partitions))
        .forEach((partition, committed) -> offsets.put(partition, committed.offset()));
    return offsets;
  }

  private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
    return new ConsumerRecord<>(
        partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
  }

  private static ConfigurableApplicationContext start() {
    return SpringApplication.run(
        Application.class,
        "--spring.main.web-application-type=none",
        "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers());
  }

  private static TopicPartition partition(int number) {
    return new TopicPartition("cargo-events", number);
  }

  private static void transaction(
      KafkaProducer<byte[], byte[]> producer, int partition, boolean commit) throws Exception {
    producer.beginTransaction();
    byte[] event =
        "{\"event_id\": \"e\", \"event_type\": \"cargo.loaded\", \"data\": {\"cargo_id\": \"c\"}}"
            .getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>("cargo-events", partition, null, event)).get();
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  private static Map<Integer, Long> committed() throws ExecutionException, InterruptedException {
    Map<Integer, Long> offsets = new HashMap<>();
    admin
        .listConsumerGroupOffsets(GROUP)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, next) -> {
              if (partition.topic().equals("cargo-events")) {
                offsets.put(partition.partition(), next.offset());
              }
            });
    return offsets;
  }

  private static Map<Integer, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < 4; partition++) {
      asked.put(partition(partition), OffsetSpec.latest());
    }
    Map<Integer, Long> ends = new HashMap<>();
    admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    return ends;
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> configuration = new HashMap<>(settings);
    configuration.put("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers());
    return new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
