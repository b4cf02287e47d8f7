package io.eventagents.poll;

import io.eventagents.background.Backoff;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.UnreadableRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that wait at a record that cannot be read, and when each is tried again: memory
 * may have been short for a moment. A record is logged once, however often it fails.
 */
final class SetAside {

  private static final Logger log = LoggerFactory.getLogger(SetAside.class);

  private static final Backoff DELAYS = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

  private record Waiting(UnreadableRecord record, Duration delay, Instant nextAttempt) {}

  private final AgentStatus status;
  private final Clock clock;
  private final Map<TopicPartition, Waiting> waiting = new HashMap<>();

  /** The partitions that are being tried again. */
  private final Set<TopicPartition> tried = new HashSet<>();

  SetAside(AgentStatus status, Clock clock) {
    this.status = status;
    this.clock = clock;
  }

  UnreadableRecord record(TopicPartition partition, long offset, long lastOffset, String reason) {
    return new UnreadableRecord(partition, offset, lastOffset, reason, clock.instant());
  }

  /** Has the partition wait at this record. */
  void add(UnreadableRecord record) {
    tried.remove(record.partition());
    Waiting known = waiting.get(record.partition());
    UnreadableRecord kept = record;
    Duration delay = DELAYS.first();
    boolean again = known != null && known.record().offset() == record.offset();
    if (known != null && again) {
      kept = known.record();
      delay = DELAYS.next(known.delay());
    }
    waiting.put(record.partition(), new Waiting(kept, delay, clock.instant().plus(delay)));
    status.cannotRead(kept);
    if (!again) {
      log.error(
          "{} cannot read the record at {} and waits there: {}. Other partitions go on. Give the process more memory, or"
              + " pass over it with event-agents.skip={}, which leaves out offsets {} to {}",
          status.agent().name(),
          record.position(),
          record.reason(),
          record.position(),
          record.offset(),
          record.lastOffset());
    }
  }

  /** Partitions that are not to be polled. */
  Set<TopicPartition> partitions() {
    Set<TopicPartition> partitions = new HashSet<>(waiting.keySet());
    partitions.removeAll(tried);
    return partitions;
  }

  /** Returns the partitions whose record is to be tried again now. */
  List<TopicPartition> due() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<TopicPartition> due = new ArrayList<>();
    waiting.forEach(
        (partition, one) -> {
          if (!one.nextAttempt().isAfter(now) && tried.add(partition)) {
            due.add(partition);
          }
        });
    return due;
  }

  /** Forgets partitions whose record was read after all. */
  void passed(Positions positions) {
    for (TopicPartition partition : List.copyOf(tried)) {
      Waiting one = waiting.get(partition);
      Long at = positions.of(partition);
      if (one != null && at != null && at > one.record().offset()) {
        log.info("{} goes on after {}", status.agent().name(), one.record().position());
        remove(partition);
      }
    }
  }

  /** Forgets partitions that other consumers read now. */
  void keepOnly(Set<TopicPartition> assigned) {
    if (!assigned.containsAll(waiting.keySet())) {
      Set<TopicPartition> left = new HashSet<>(waiting.keySet());
      left.removeAll(assigned);
      left.forEach(this::remove);
    }
  }

  /** Forgets a partition; returns whether it waited. */
  boolean remove(TopicPartition partition) {
    tried.remove(partition);
    status.canRead(partition);
    return waiting.remove(partition) != null;
  }
}
