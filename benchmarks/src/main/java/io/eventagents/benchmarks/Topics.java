package io.eventagents.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the broker knows of the topics; the times are its own, at which it stored a record. */
final class Topics implements AutoCloseable {

  private final String bootstrapServers;
  private final int partitions;
  private final KafkaConsumer<byte[], byte[]> consumer;

  Topics(String bootstrapServers, int partitions) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  void create(List<String> names) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              names.stream()
                  .map(
                      name ->
                          new NewTopic(name, partitions, (short) 1)
                              .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                  .toList())
          .all()
          .get();
    }
  }

  /** How many records a topic has. */
  long size(String topic) {
    return consumer.endOffsets(partitions(topic)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** How many records of a topic were stored at or after this time. */
  long sizeSince(String topic, Instant time) {
    List<TopicPartition> all = partitions(topic);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    Map<TopicPartition, OffsetAndTimestamp> firsts =
        consumer.offsetsForTimes(
            all.stream()
                .collect(
                    java.util.stream.Collectors.toMap(
                        partition -> partition, partition -> time.toEpochMilli())));
    long size = 0;
    for (TopicPartition partition : all) {
      OffsetAndTimestamp first = firsts.get(partition);
      if (first != null) {
        size += ends.getOrDefault(partition, 0L) - first.offset();
      }
    }
    return size;
  }

  /** When the last record of a topic was stored. */
  Instant lastStored(String topic) {
    OptionalLong last = last(topic).stream().mapToLong(ConsumerRecord::timestamp).max();
    return Instant.ofEpochMilli(last.orElseThrow());
  }

  /** The last record of each partition. */
  List<ConsumerRecord<byte[], byte[]>> last(String topic) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(topic));
    List<TopicPartition> filled =
        partitions(topic).stream().filter(p -> ends.getOrDefault(p, 0L) > 0).toList();
    List<ConsumerRecord<byte[], byte[]>> found = new java.util.ArrayList<>();
    for (TopicPartition partition : filled) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, ends.getOrDefault(partition, 1L) - 1);
      List<ConsumerRecord<byte[], byte[]>> records = List.of();
      while (records.isEmpty()) {
        records = consumer.poll(Duration.ofMillis(100)).records(partition);
      }
      found.add(records.getLast());
    }
    return found;
  }

  private List<TopicPartition> partitions(String topic) {
    return IntStream.range(0, partitions).mapToObj(n -> new TopicPartition(topic, n)).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
