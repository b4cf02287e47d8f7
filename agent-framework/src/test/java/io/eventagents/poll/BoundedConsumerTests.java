package io.eventagents.poll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.UnreadableRecord;
import io.eventagents.topic.PollLimits;
import io.eventagents.topic.PolledBytes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** What a container does with its consumer, step by step, when memory is short for a record. */
@Timeout(120)
class BoundedConsumerTests {

  private static final String HUGE = "x".repeat(1_000);

  private final String topic = "parcel-" + UUID.randomUUID() + "-events";
  private final TopicPartition partition = new TopicPartition(topic, 0);
  private final TopicPartition other = new TopicPartition(topic, 1);
  private final AgentStatus status = StoringAgent.status();
  private final List<String> skipped = new ArrayList<>();
  private int failingListener;
  private @Nullable Consumer<byte[], byte[]> opened;

  @BeforeEach
  void topicIsMade() throws Exception {
    EmbeddedServers.start();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }
  }

  @AfterEach
  void consumerIsClosed() {
    if (opened != null) {
      opened.close();
    }
  }

  private void send(String... values) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, 0, null, value.getBytes(UTF_8))).get();
      }
    }
  }

  /** A consumer of both partitions; it runs out of memory at each huge record. */
  private Consumer<byte[], byte[]> consumer(String... skips) {
    PollLimits limits =
        new PollLimits(DataSize.ofMegabytes(1), DataSize.ofBytes(HUGE.length() - 1));
    Map<String, Object> configuration =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            EmbeddedServers.kafka().bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG,
            "storing-" + UUID.randomUUID(),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    Deserializer<byte[]> values = (name, data) -> bytes(data);
    Consumer<byte[], byte[]> consumer =
        new BoundedConsumer(
                new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), values),
                new PolledBytes(limits),
                new CarefulReading(configuration, limits, Clock.systemUTC()),
                new SkippedRecords(List.of(skips)),
                new Skipping(),
                status,
                true,
                Clock.systemUTC())
            .proxy();
    consumer.assign(List.of(partition, other));
    opened = consumer;
    return consumer;
  }

  private static byte[] bytes(byte[] data) {
    if (new String(data, UTF_8).equals(HUGE)) {
      throw new OutOfMemoryError("Java heap space");
    }
    return data;
  }

  private final class Skipping implements StoredPositions {

    @Override
    public void skipped(TopicPartition at, long from, long to) {
      if (failingListener-- > 0) {
        throw new IllegalStateException("The broker does not answer");
      }
      skipped.add("%d@%d-%d".formatted(at.partition(), from, to));
    }
  }

  /** Polls until there are this many records. */
  private static List<String> read(Consumer<byte[], byte[]> consumer, int count) {
    List<String> values = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .until(
            () -> {
              ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
              for (ConsumerRecord<byte[], byte[]> record : polled) {
                values.add(new String(record.value(), UTF_8));
              }
              return values.size() >= count;
            });
    return values;
  }

  private static void pollUntilItThrows(Consumer<byte[], byte[]> consumer) {
    assertThatThrownBy(() -> read(consumer, Integer.MAX_VALUE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The broker does not answer");
  }

  private @Nullable OffsetAndMetadata committed(Consumer<byte[], byte[]> consumer) {
    return consumer.committed(Set.of(partition)).get(partition);
  }

  @Test
  void nothingIsSkippedOrCommittedBeforeTheRecordsAheadOfItAreHandled() throws Exception {
    send("0", "1", "2", HUGE, "4");
    Consumer<byte[], byte[]> consumer = consumer(topic + "-0@3");

    assertThat(read(consumer, 3)).containsExactly("0", "1", "2");
    assertThat(committed(consumer)).isNull();
    // The batch is interrupted after the first of them.
    consumer.seek(partition, 1);
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(1)));
    assertThat(read(consumer, 2)).containsExactly("1", "2");
    assertThat(committed(consumer)).isEqualTo(new OffsetAndMetadata(1));
    assertThat(skipped).isEmpty();
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(3)));

    assertThat(read(consumer, 1)).containsExactly("4");
    assertThat(skipped).containsExactly("0@3-3");
    assertThat(committed(consumer)).isEqualTo(new OffsetAndMetadata(4));
  }

  @Test
  void aRecordThatCannotBeReadIsReportedOnceThoseAheadOfItAreHandled() throws Exception {
    send("0", HUGE, "2");
    Consumer<byte[], byte[]> consumer = consumer();

    assertThat(read(consumer, 1)).containsExactly("0");
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInSameThread()
        .untilAsserted(
            () -> {
              assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();
              assertThat(status.unreadable())
                  .singleElement()
                  .returns(partition, UnreadableRecord::partition)
                  .returns(1L, UnreadableRecord::offset);
            });
  }

  @Test
  void aPartitionThatWasPausedWhenItWasTakenAwayIsNotPausedWhenItComesBack() throws Exception {
    send(HUGE);
    Consumer<byte[], byte[]> consumer = consumer();
    consumer.pause(Set.of(partition));
    consumer.assign(Set.of(other));
    consumer.assign(Set.of(partition, other));

    await()
        .atMost(Duration.ofSeconds(60))
        .pollInSameThread()
        .untilAsserted(
            () -> {
              assertThat(consumer.poll(Duration.ofMillis(100))).isEmpty();
              assertThat(status.unreadable()).hasSize(1);
            });
  }

  @Test
  void recordsOfAPollAreReadAgainIfTheSkippedOnesAmongThemCannotBeTold() throws Exception {
    send("0", "1", "2", "3");
    Consumer<byte[], byte[]> consumer = consumer(topic + "-0@2");
    failingListener = 1;
    pollUntilItThrows(consumer);

    assertThat(read(consumer, 3)).containsExactly("0", "1", "3");
    assertThat(skipped).containsExactly("0@2-2");
  }

  @Test
  void recordsReadOneByOneAreReadAgainIfTheSkippedOnesAmongThemCannotBeTold() throws Exception {
    send("0", "1", "2", HUGE);
    Consumer<byte[], byte[]> consumer = consumer(topic + "-0@1");
    failingListener = 1;
    pollUntilItThrows(consumer);

    assertThat(read(consumer, 2)).containsExactly("0", "2");
    assertThat(skipped).containsExactly("0@1-1");
  }
}
