package io.eventagents.audit.verification;

import io.eventagents.audit.verification.BrokerEvidence.RecordSource;
import io.eventagents.audit.verification.BrokerEvidence.RecordTaker;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads records by a consumer of its own, in no group. Not thread-safe. */
final class KafkaRecords implements RecordSource, AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Consumer<byte[], byte[]> consumer;

  /**
   * @param settings how the broker is reached
   */
  KafkaRecords(Properties settings) {
    Map<String, Object> configuration = new HashMap<>();
    settings.forEach((name, value) -> configuration.put(String.valueOf(name), value));
    configuration.putAll(
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "audit-verify",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            // Whatever size they have.
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            20,
            // As the audit agent reads.
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) PATIENCE.toMillis()));
    this.consumer =
        new KafkaConsumer<>(
            configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void read(String topic, RecordTaker taker) throws IOException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long givenUpAt = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        taker.take(record);
      }
      if (!polled.isEmpty()) {
        givenUpAt = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() - givenUpAt > 0) {
        throw new TimeoutException(
            "no records of " + topic + " for " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  @Override
  public Optional<Long> firstFrom(TopicPartition partition, long offset) {
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    long first = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
    long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
    if (offset < first || offset >= end) {
      return Optional.empty();
    }
    consumer.seek(partition, offset);
    long givenUpAt = System.nanoTime() + PATIENCE.toNanos();
    while (consumer.position(partition) < end && System.nanoTime() - givenUpAt < 0) {
      List<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).records(partition);
      if (!polled.isEmpty()) {
        return Optional.of(polled.getFirst().offset());
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
