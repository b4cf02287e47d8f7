package io.eventagents.benchmarks.rig;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The broker's view of the topics. Times are those at which the broker stored a record. */
public final class Topics implements AutoCloseable {

  private final Map<String, Integer> partitions = new HashMap<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;

  /** Connects to a broker. */
  public Topics(String bootstrapServers) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Creates topics. */
  public void create(Collection<String> names, int partitionsOfEach)
      throws ExecutionException, InterruptedException {
    names.forEach(name -> partitions.put(name, partitionsOfEach));
    admin
        .createTopics(
            names.stream()
                .map(
                    name ->
                        new NewTopic(name, partitionsOfEach, (short) 1)
                            .configs(Map.of("message.timestamp.type", "LogAppendTime")))
                .toList())
        .all()
        .get();
  }

  /** The number of records in a topic. */
  public long size(String topic) {
    return consumer.endOffsets(partitions(topic)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * The number of records of a topic that this group has not committed yet. The marker at the end
   * of a transaction is not a record, and no group commits it.
   */
  public long behind(String group, String topic) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    long behind = 0;
    for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(partitions(topic)).entrySet()) {
      OffsetAndMetadata position = committed.get(end.getKey());
      behind += Math.max(0, end.getValue() - 1 - (position == null ? 0 : position.offset()));
    }
    return behind;
  }

  /** The time at which the last record of a topic was stored. */
  public Instant lastStored(String topic) {
    OptionalLong last = last(topic).stream().mapToLong(ConsumerRecord::timestamp).max();
    return Instant.ofEpochMilli(last.orElseThrow());
  }

  /** The last record of each partition. */
  public List<ConsumerRecord<byte[], byte[]>> last(String topic) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(topic));
    List<TopicPartition> filled =
        partitions(topic).stream().filter(p -> ends.getOrDefault(p, 0L) > 0).toList();
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
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
    int count = Objects.requireNonNull(partitions.get(topic), topic);
    return IntStream.range(0, count).mapToObj(n -> new TopicPartition(topic, n)).toList();
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
