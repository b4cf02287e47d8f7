package io.eventagents.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads every record of every topic of events, dead letters and replays, as an ordinary consumer
 * sees them.
 */
final class TopicReader implements AutoCloseable {

  private static final Pattern TOPICS = Pattern.compile(".*-(events|dead-letters|replays)");

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<EventRecord> all = new ArrayList<>();
  private Set<TopicPartition> assigned = Set.of();

  TopicReader(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                "5000",
                "metadata.max.age.ms",
                "1000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** The records so far, in the order of their partitions. */
  List<EventRecord> readAll() {
    assign();
    Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        all.add(EventRecord.of(record));
      }
    }
    return List.copyOf(all);
  }

  private void assign() {
    Set<TopicPartition> present = new HashSet<>();
    consumer.listTopics().entrySet().stream()
        .filter(topic -> TOPICS.matcher(topic.getKey()).matches())
        .map(Map.Entry::getValue)
        .flatMap(Collection::stream)
        .map((PartitionInfo info) -> new TopicPartition(info.topic(), info.partition()))
        .forEach(present::add);
    if (!present.equals(assigned)) {
      Map<TopicPartition, Long> positions = new HashMap<>();
      assigned.forEach(partition -> positions.put(partition, consumer.position(partition)));
      consumer.assign(present);
      present.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
      assigned = present;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
