package io.eventagents.poll;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The position of a consumer in each of its partitions, known from what it returned and where it
 * was sent.
 */
final class Positions {

  private static final long BEGINNING = -1;
  private static final long END = -2;

  private final Consumer<byte[], byte[]> consumer;
  private final boolean earliest;
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /**
   * @param earliest whether it starts at the beginning if nothing is committed
   */
  Positions(Consumer<byte[], byte[]> consumer, boolean earliest) {
    this.consumer = consumer;
    this.earliest = earliest;
  }

  /** It returned these. */
  void polled(ConsumerRecords<byte[], byte[]> polled) {
    for (Map.Entry<TopicPartition, OffsetAndMetadata> at : polled.nextOffsets().entrySet()) {
      next.put(at.getKey(), at.getValue().offset());
    }
    keepOnly(consumer.assignment());
  }

  /** Forgets the positions of all other partitions. */
  void keepOnly(Set<TopicPartition> assigned) {
    if (!assigned.containsAll(next.keySet())) {
      next.keySet().retainAll(assigned);
    }
  }

  /** It goes on at this offset. */
  void at(TopicPartition partition, long offset) {
    next.put(partition, offset);
  }

  /** The position, as far as it is known. */
  @Nullable Long of(TopicPartition partition) {
    return next.get(partition);
  }

  /** One of the consumer's seek methods sent it elsewhere. */
  void sought(String method, Object[] arguments) {
    switch (method) {
      case "seek" -> {
        long offset =
            arguments[1] instanceof OffsetAndMetadata position
                ? position.offset()
                : ((Number) arguments[1]).longValue();
        next.put((TopicPartition) arguments[0], offset);
      }
      case "seekToBeginning" -> sought(arguments[0], BEGINNING);
      case "seekToEnd" -> sought(arguments[0], END);
      default -> {}
    }
  }

  private void sought(Object partitions, long where) {
    for (Object partition : (Collection<?>) partitions) {
      next.put((TopicPartition) partition, where);
    }
  }

  /** Sends the consumer back to where it was, and returns where that is. */
  Map<TopicPartition, Long> restore() {
    Set<TopicPartition> assigned = consumer.assignment();
    keepOnly(assigned);
    Map<TopicPartition, Long> restored = new HashMap<>(committed(assigned));
    Set<TopicPartition> beginning = new HashSet<>();
    Set<TopicPartition> end = new HashSet<>();
    for (TopicPartition partition : assigned) {
      Long at = next.get(partition);
      if (at != null && at >= 0) {
        restored.put(partition, at);
      } else if (!restored.containsKey(partition)) {
        boolean atBeginning = at == null ? earliest : at == BEGINNING;
        (atBeginning ? beginning : end).add(partition);
      }
    }
    restored.putAll(consumer.beginningOffsets(beginning));
    restored.putAll(consumer.endOffsets(end));
    restored.forEach(consumer::seek);
    next.putAll(restored);
    return restored;
  }

  /** Where partitions start of which nothing was returned yet. */
  private Map<TopicPartition, Long> committed(Set<TopicPartition> assigned) {
    Set<TopicPartition> unknown = new HashSet<>(assigned);
    unknown.removeAll(next.keySet());
    Map<TopicPartition, Long> committed = new HashMap<>();
    if (!unknown.isEmpty()) {
      consumer
          .committed(unknown)
          .forEach(
              (partition, position) -> {
                if (position != null) {
                  committed.put(partition, position.offset());
                }
              });
    }
    return committed;
  }
}
