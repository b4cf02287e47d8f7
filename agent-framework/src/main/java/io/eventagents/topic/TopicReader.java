package io.eventagents.topic;

import io.eventagents.DependencyUnavailable;
import io.eventagents.send.KafkaBinders;
import io.eventagents.wire.RecordPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.messaging.MessageChannel;

/**
 * Reads topics from their beginning to where they end now, by the binder's own settings, outside of
 * every consumer group. Each call has a consumer of its own. Thread-safe.
 */
public final class TopicReader {

  private static final int PATIENCE_MS = 5_000;

  private final BinderFactory binders;
  private final KafkaBinders kafka;

  /**
   * @param kafka the configuration of Kafka's binder
   */
  public TopicReader(BinderFactory binders, KafkaBinders kafka) {
    this.binders = binders;
    this.kafka = kafka;
  }

  /**
   * The names of the topics that match.
   *
   * @throws DependencyUnavailable where the broker does not answer
   */
  public Set<String> topics(Predicate<String> wanted) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Set<String> topics = new TreeSet<>();
      consumer.listTopics().keySet().stream().filter(wanted).forEach(topics::add);
      return topics;
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /**
   * Hands over every record that the topics hold when this is called, in order per partition.
   * Topics that do not exist are empty.
   *
   * @throws DependencyUnavailable where the broker does not answer
   */
  public void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topics);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long patientUntil = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
      while (!isAtEnd(consumer, ends)) {
        var polled = consumer.poll(Duration.ofMillis(50));
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          long end = ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
          if (record.offset() < end) {
            each.accept(record);
          }
        }
        if (!polled.isEmpty()) {
          patientUntil = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
        } else if (System.nanoTime() - patientUntil > 0) {
          throw new org.apache.kafka.common.errors.TimeoutException("no records for 5 s");
        }
      }
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  /**
   * The record at this position; empty where it is not kept any more.
   *
   * @throws DependencyUnavailable where the broker does not answer
   */
  public Optional<ConsumerRecord<byte[], byte[]>> read(RecordPosition position) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
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
      long patientUntil = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
      while (consumer.position(partition) < end && System.nanoTime() - patientUntil < 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
          // A later one: what was asked for is compacted away, or the mark of a transaction.
          return record.offset() == position.offset() ? Optional.of(record) : Optional.empty();
        }
      }
      return Optional.empty();
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  private static boolean isAtEnd(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Collection<String> topics) {
    Map<String, List<PartitionInfo>> known = consumer.listTopics();
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      for (PartitionInfo partition : known.getOrDefault(topic, List.of())) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    return partitions;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    if (!(binders.getBinder(null, MessageChannel.class)
        instanceof KafkaMessageChannelBinder binder)) {
      throw new DependencyUnavailable("Kafka (the binder is another one)", null);
    }
    Map<String, Object> configuration =
        new HashMap<>(kafka.configuration(binder).mergedConsumerConfiguration());
    configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
    configuration.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
    configuration.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
    configuration.putAll(
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "event-agents-reader",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000,
            // Nothing comes that is not there already.
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            10,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            PATIENCE_MS,
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            PATIENCE_MS - 1_000));
    return new KafkaConsumer<>(
        configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static DependencyUnavailable unavailable(KafkaException e) {
    return new DependencyUnavailable("Kafka (" + e.getMessage() + ")", e);
  }
}
