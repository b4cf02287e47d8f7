package io.eventagents.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All topics of events and dead letters, read by a plain consumer without a group. Thread-safe. */
final class EventTopics implements AutoCloseable {

  private static final Pattern TOPICS = Pattern.compile(".*-(events|dead-letters)");
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  EventTopics(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "allow.auto.create.topics",
                "false",
                // The broker answers the requests of a connection in turn, so a waiting fetch holds
                // up all others.
                "fetch.max.wait.ms",
                "10"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Forgets the records read so far, and skips those that exist now. */
  synchronized void startAtEnd() {
    records.clear();
    Set<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // The consumer seeks when the position is requested; later may be too late.
    partitions.forEach(consumer::position);
  }

  /** All records since the start, up to those that exist when this is called. */
  synchronized List<ConsumerRecord<byte[], byte[]>> read() {
    Set<TopicPartition> partitions = partitions();
    Set<TopicPartition> added = new HashSet<>(partitions);
    added.removeAll(consumer.assignment());
    if (!added.isEmpty()) {
      consumer.assign(partitions);
      consumer.seekToBeginning(added);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<TopicPartition> madeAgain =
        ends.entrySet().stream()
            .filter(end -> consumer.position(end.getKey()) > end.getValue())
            .map(Map.Entry::getKey)
            .toList();
    if (!madeAgain.isEmpty()) { // An empty list would mean all.
      consumer.seekToBeginning(madeAgain);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "Could not read the event topics to their ends within " + PATIENCE);
      }
      consumer.poll(POLL).forEach(records::add);
    }
    return List.copyOf(records);
  }

  private Set<TopicPartition> partitions() {
    return consumer.listTopics().values().stream()
        .flatMap(List::stream)
        .filter(info -> TOPICS.matcher(info.topic()).matches())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
