package io.eventagents.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds the event whose handling ends in an Error again and again, for want of memory most likely:
 * behind an Error events go alone, and one that has failed {@link #ATTEMPTS} times alone is given
 * up. One Error says nothing of an event, since anybody may have taken the memory. Thread-safe as
 * long as a partition is with one thread at a time.
 */
final class SuspectEvents {

  /** So often an event is tried alone. */
  static final int ATTEMPTS = 3;

  private final Map<TopicPartition, Watch> watched = new ConcurrentHashMap<>();

  /**
   * A partition where an Error occurred.
   *
   * @param until before this offset events go alone
   * @param suspect the offset of the event that failed last alone; -1 for none
   * @param failures how often it did
   * @param reason what it ended in
   */
  private record Watch(long until, long suspect, int failures, String reason) {

    Watch longer(Watch other) {
      return new Watch(Math.max(until, other.until), suspect, failures, reason);
    }
  }

  /** Whether any event goes alone. */
  boolean isNeeded() {
    return !watched.isEmpty();
  }

  boolean isAlone(ConsumerRecord<?, ?> record) {
    Watch watch = watched.get(partitionOf(record));
    return watch != null && record.offset() < watch.until();
  }

  /** Any of those that are unfinished may be what it failed at. */
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

  /** Why it is given up; null where it is to be handled. */
  @Nullable String verdict(ConsumerRecord<?, ?> record) {
    Watch watch = watched.get(partitionOf(record));
    return watch != null && watch.suspect() == record.offset() && watch.failures() >= ATTEMPTS
        ? "Handling it ended in %s, %d times, with nothing else handled at the same time"
            .formatted(watch.reason(), watch.failures())
        : null;
  }

  /** It is finished, or none that goes alone. */
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
