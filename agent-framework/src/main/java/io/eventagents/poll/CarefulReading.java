package io.eventagents.poll;

import io.eventagents.observation.UnreadableRecord;
import io.eventagents.topic.PollLimits;
import io.eventagents.topic.PolledBytes;
import io.eventagents.topic.RecordBytes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads record by record, with a consumer of its own, what a poll could not read. So it finds the
 * record that cannot be read, and still reads those before it.
 */
final class CarefulReading {

  /**
   * What was read.
   *
   * @param records by partition
   * @param next where reading goes on
   * @param unreadable the records that cannot be read
   */
  record Outcome(
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records,
      Map<TopicPartition, Long> next,
      List<UnreadableRecord> unreadable) {}

  private static final int RECORDS = 1_000;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Object> configuration;
  private final PollLimits limits;
  private final Clock clock;

  /**
   * @param configuration of the consumer that failed
   */
  CarefulReading(Map<String, Object> configuration, PollLimits limits, Clock clock) {
    this.configuration = new HashMap<>(configuration);
    this.configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.configuration.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    this.configuration.putAll(
        Map.of(
            ConsumerConfig.CLIENT_ID_CONFIG,
            "event-agents-careful-" + configuration.get(ConsumerConfig.GROUP_ID_CONFIG),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            // Only in this way does the position move record by record.
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            64 * 1024,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            64 * 1024,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            10));
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Reads from these positions: each partition up to its first record that cannot be read, and no
   * more than one poll may hold.
   *
   * @throws KafkaException if the broker does not answer
   */
  Outcome read(Map<TopicPartition, Long> from) {
    Outcome outcome =
        new Outcome(new LinkedHashMap<>(), new LinkedHashMap<>(from), new ArrayList<>());
    int each = Math.max(1, RECORDS / Math.max(1, from.size()));
    long room = limits.perPoll().toBytes();
    for (Map.Entry<TopicPartition, Long> partition : from.entrySet()) {
      if (room <= 0) {
        break;
      }
      room -= read(partition.getKey(), partition.getValue(), each, room, outcome);
    }
    return outcome;
  }

  private long read(TopicPartition partition, long from, int records, long room, Outcome outcome) {
    PolledBytes bytes = new PolledBytes(limits);
    try (var consumer = new KafkaConsumer<>(configuration, bytes.keys(), bytes.values())) {
      List<TopicPartition> one = List.of(partition);
      consumer.assign(one);
      consumer.seek(partition, from);
      long end = consumer.endOffsets(one, PATIENCE).getOrDefault(partition, from);
      List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
      long size = 0;
      long patientUntil = System.nanoTime() + PATIENCE.toNanos();
      long at = from;
      try {
        while (at < end && read.size() < records && size < room) {
          bytes.begin();
          ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
          for (ConsumerRecord<byte[], byte[]> record : polled) {
            read.add(record);
            size += RecordBytes.of(record);
          }
          long position = consumer.position(partition);
          if (position > at) {
            at = position;
            patientUntil = System.nanoTime() + PATIENCE.toNanos();
          } else if (System.nanoTime() - patientUntil > 0) {
            break;
          }
        }
      } catch (RecordDeserializationException e) {
        at = e.offset();
        outcome.unreadable().add(tooLarge(e));
      } catch (KafkaException | Error e) {
        if (!Unreadable.isOfOneRecord(e)) {
          throw e;
        }
        outcome.unreadable().add(unreadable(consumer, partition, at, e));
      }
      if (!read.isEmpty()) {
        outcome.records().put(partition, read);
      }
      outcome.next().put(partition, at);
      return size;
    }
  }

  private UnreadableRecord tooLarge(RecordDeserializationException e) {
    return new UnreadableRecord(
        e.topicPartition(), e.offset(), e.offset(), Unreadable.reason(e), clock.instant());
  }

  private UnreadableRecord unreadable(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long at, Throwable e) {
    return new UnreadableRecord(
        partition, at, lastOffset(consumer, partition, at), Unreadable.reason(e), clock.instant());
  }

  private long lastOffset(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long at) {
    Node leader = leader(consumer, partition);
    if (leader == null) {
      throw new KafkaException("%s has no leader".formatted(partition));
    }
    try {
      return new BatchLookup(configuration).lastOffset(leader, partition, at).orElse(at);
    } catch (IOException e) {
      throw new KafkaException(
          "The batch at %s@%d cannot be looked at".formatted(partition, at), e);
    }
  }

  private static @Nullable Node leader(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.partitionsFor(partition.topic(), PATIENCE).stream()
        .filter(info -> info.partition() == partition.partition())
        .map(PartitionInfo::leader)
        .findFirst()
        .orElse(null);
  }
}
