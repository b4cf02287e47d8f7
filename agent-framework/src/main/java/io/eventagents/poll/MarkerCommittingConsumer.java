package io.eventagents.poll;

import io.eventagents.observation.AgentStatus;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that commits past offsets that hold no record for it: the markers at the end of
 * transactions, aborted records, and records that the broker has compacted away. A container
 * commits the offset after the last record, so the lag of its group would never return to 0 behind
 * a transaction, on any dashboard.
 *
 * <p>(Spring Kafka's {@code fixTxOffsets} does this for partitions of which the group has committed
 * something already, which a topic with aborted records only never has.)
 */
final class MarkerCommittingConsumer extends ConsumerProxy {

  private static final Logger log = LoggerFactory.getLogger(MarkerCommittingConsumer.class);

  private final AgentStatus status;

  /** Where polls have come to, until that is committed. */
  private final Map<TopicPartition, OffsetAndMetadata> passed = new HashMap<>();

  /** The ends of records that were polled and are not committed yet. */
  private final Map<TopicPartition, Long> unfinished = new HashMap<>();

  private boolean committing;

  MarkerCommittingConsumer(Consumer<byte[], byte[]> consumer, AgentStatus status) {
    super(consumer);
    this.status = status;
  }

  @Override
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (!passed.isEmpty() && !committing) {
      commitPassed();
    }
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
    passed.putAll(polled.nextOffsets());
    for (TopicPartition partition : polled.partitions()) {
      unfinished.put(partition, polled.records(partition).getLast().offset() + 1);
    }
    return polled;
  }

  /** Commits without waiting: it is tried again before each poll, and nothing depends on it. */
  private void commitPassed() {
    passed.keySet().retainAll(consumer.assignment());
    unfinished.keySet().retainAll(consumer.assignment());
    Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>(passed);
    due.keySet().removeAll(unfinished.keySet());
    if (due.isEmpty()) {
      return;
    }
    committing = true;
    try {
      consumer.commitAsync(
          due,
          (offsets, failure) -> {
            committing = false;
            if (failure == null) {
              passed.entrySet().removeAll(due.entrySet());
            } else {
              log.debug("{} has not committed past {}", status.agent().name(), due, failure);
            }
          });
    } catch (RuntimeException e) {
      committing = false; // nobody calls back
      throw e;
    }
  }

  @Override
  @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    Object result = pass(method, arguments);
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    if (method.getName().startsWith("commit") && first instanceof Map<?, ?> offsets) {
      offsets.forEach(this::committed);
    } else if (method.getName().startsWith("seek")) {
      Collection<?> partitions =
          first instanceof Collection<?> several ? several : List.of(Objects.requireNonNull(first));
      passed.keySet().removeAll(partitions);
      unfinished.keySet().removeAll(partitions);
    }
    return result;
  }

  private void committed(Object partition, Object next) {
    long offset = ((OffsetAndMetadata) next).offset();
    Long end = unfinished.get(partition);
    if (end != null && offset >= end) {
      unfinished.remove(partition);
    }
    OffsetAndMetadata reached = passed.get(partition);
    if (reached != null && offset >= reached.offset()) {
      passed.remove(partition);
    }
  }
}
