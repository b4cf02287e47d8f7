package io.eventagents.topic;

import io.eventagents.DependencyUnavailable;
import io.eventagents.send.KafkaBinders;
import io.eventagents.wire.RecordPosition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads topics from their beginning to their current end, with the binder's own settings, outside
 * every consumer group. Each call has a consumer of its own. Thread-safe.
 */
public final class TopicReader {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Duration patience;

  /**
   * @param kafka asked for the default binder
   */
  public TopicReader(KafkaBinders kafka) {
    this(new ReadingConsumers(kafka, PATIENCE), PATIENCE);
  }

  /**
   * @param consumers makes one without an assignment
   * @param patience how long the broker may return nothing although there are records
   */
  TopicReader(Supplier<Consumer<byte[], byte[]>> consumers, Duration patience) {
    this.consumers = consumers;
    this.patience = patience;
  }

  /**
   * The names of the topics that match.
   *
   * @throws DependencyUnavailable if the broker does not answer
   */
  public Set<String> topics(Predicate<String> wanted) {
    try (var consumer = consumers.get()) {
      return consumer.listTopics().keySet().stream()
          .filter(wanted)
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /**
   * Hands over every record that the topics hold when this is called, in order per partition.
   * Topics that do not exist are empty.
   *
   * @throws DependencyUnavailable if the broker does not answer
   */
  public void read(
      Collection<String> topics, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (var consumer = consumers.get()) {
      List<TopicPartition> partitions = partitions(consumer, topics);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long givenUpAt = givenUpAt();
      while (!isAtEnd(consumer, ends)) {
        var polled = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
          if (record.offset() < end) {
            each.accept(record);
          }
        }
        if (polled.isEmpty()) {
          checkPatience(givenUpAt);
        } else {
          givenUpAt = givenUpAt();
        }
      }
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /**
   * The record at this position; empty if it is no longer kept.
   *
   * @throws DependencyUnavailable if the broker does not answer
   */
  public Optional<ConsumerRecord<byte[], byte[]>> read(RecordPosition position) {
    try (var consumer = consumers.get()) {
      TopicPartition partition = new TopicPartition(position.topic(), position.partition());
      if (!partitions(consumer, Set.of(position.topic())).contains(partition)) {
        return Optional.empty();
      }
      List<TopicPartition> one = List.of(partition);
      consumer.assign(one);
      long first = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
      long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
      if (position.offset() < first || position.offset() >= end) {
        return Optional.empty();
      }
      consumer.seek(partition, position.offset());
      long givenUpAt = givenUpAt();
      while (consumer.position(partition) < end) {
        List<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).records(partition);
        if (!polled.isEmpty()) {
          // Or a later one, if the record was compacted away or marks a transaction.
          return Optional.of(polled.getFirst())
              .filter(record -> record.offset() == position.offset());
        }
        checkPatience(givenUpAt);
      }
      return Optional.empty();
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  private static boolean isAtEnd(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, Collection<String> topics) {
    Map<String, List<PartitionInfo>> known = consumer.listTopics();
    return topics.stream()
        .flatMap(topic -> known.getOrDefault(topic, List.of()).stream())
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  private long givenUpAt() {
    return System.nanoTime() + patience.toNanos();
  }

  private void checkPatience(long givenUpAt) {
    if (System.nanoTime() - givenUpAt > 0) {
      throw new TimeoutException("no records for " + patience.toMillis() + " ms");
    }
  }

  private static DependencyUnavailable unavailable(KafkaException e) {
    return new DependencyUnavailable("Kafka (" + e.getMessage() + ")", e);
  }
}
