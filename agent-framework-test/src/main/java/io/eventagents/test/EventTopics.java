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

/**
 * All topics of events and of dead letters, read by a plain consumer that is in no group.
 * Thread-safe.
 */
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
                // The broker answers a connection in turn: a fetch that waits holds up every
                // question.
                "fetch.max.wait.ms",
                "10"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Forgets what was read, and leaves out what there is now. */
  synchronized void startAtEnd() {
    records.clear();
    Set<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is done when the position is asked for; later may be too late.
    partitions.forEach(consumer::position);
  }

  /** All records since the start, up to what is there when this is called. */
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
    if (!madeAgain.isEmpty()) { // None would mean all.
      consumer.seekToBeginning(madeAgain);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "The event topics could not be read to their ends within " + PATIENCE);
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
