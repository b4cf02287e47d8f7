package io.eventagents.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds the event whose handling ends in an Error again and again, most likely because memory is
 * short. After an Error, events are handled alone, and an event that has failed alone {@link
 * #ATTEMPTS} times is given up. A single Error says nothing about an event, because anything may
 * have taken the memory. Thread-safe as long as one thread at a time has a partition.
 */
final class SuspectEvents {

  /** How often an event is tried alone. */
  static final int ATTEMPTS = 3;

  private final Map<TopicPartition, Watch> watched = new ConcurrentHashMap<>();

  /**
   * A partition in which an Error occurred.
   *
   * @param until events before this offset are handled alone
   * @param suspect the offset of the last event that failed alone; -1 for none
   * @param failures how often it failed alone
   * @param reason what it ended in
   */
  private record Watch(long until, long suspect, int failures, String reason) {

    Watch longer(Watch other) {
      return new Watch(Math.max(until, other.until), suspect, failures, reason);
    }
  }

  /** Whether any event is handled alone. */
  boolean isNeeded() {
    return !watched.isEmpty();
  }

  boolean isAlone(ConsumerRecord<?, ?> record) {
    Watch watch = watched.get(partitionOf(record));
    return watch != null && record.offset() < watch.until();
  }

  /** Any unfinished one of these may be the cause. */
  void failedTogether(Iterable<Delivery> deliveries) {
    for (Delivery delivery : deliveries) {
      if (!delivery.isFinished()) {
        watched.merge(
            partitionOf(delivery.record()),
            new Watch(delivery.record().offset() + 1, -1, 0, ""),
            Watch::longer);
      }
    }
  }

  /** How often in a row it failed alone, this time included. */
  int failedAlone(ConsumerRecord<?, ?> record, Error error) {
    Watch watch = watched.get(partitionOf(record));
    int failures = watch != null && watch.suspect() == record.offset() ? watch.failures() + 1 : 1;
    long until = Math.max(record.offset() + 1, watch == null ? 0 : watch.until());
    watched.put(
        partitionOf(record),
        new Watch(until, record.offset(), failures, error.getClass().getName()));
    return failures;
  }

  /** Why it is given up; null if it is to be handled. */
  @Nullable String verdict(ConsumerRecord<?, ?> record) {
    Watch watch = watched.get(partitionOf(record));
    return watch != null && watch.suspect() == record.offset() && watch.failures() >= ATTEMPTS
        ? "Handling it ended in %s, %d times, with nothing else handled at the same time"
            .formatted(watch.reason(), watch.failures())
        : null;
  }

  /** It is finished, or it is not handled alone. */
  void passed(ConsumerRecord<?, ?> record) {
    TopicPartition partition = partitionOf(record);
    Watch watch = watched.get(partition);
    if (watch != null && record.offset() + 1 >= watch.until()) {
      watched.remove(partition);
    }
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
