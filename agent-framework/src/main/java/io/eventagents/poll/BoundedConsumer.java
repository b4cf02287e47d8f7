package io.eventagents.poll;

import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.UnreadableRecord;
import io.eventagents.topic.PolledBytes;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that survives a record that it cannot read. If a poll fails because of one, even with
 * an {@code OutOfMemoryError}, it goes back to where it was and reads the records before that one
 * one by one. It reports the record and leaves the partition there until the record can be read or
 * is skipped; the other partitions go on.
 *
 * <p>The client itself moves the positions of partitions whose records it read before an {@code
 * Error} and does not return. They are set back; otherwise those records would be lost.
 */
final class BoundedConsumer extends ConsumerProxy {

  private static final Logger log = LoggerFactory.getLogger(BoundedConsumer.class);

  private final PolledBytes bytes;
  private final CarefulReading careful;
  private final SkippedRecords skips;
  private final StoredPositions stored;
  private final AgentStatus status;
  private final Positions positions;
  private final SetAside aside;

  /** Whether the positions may be wrong. */
  private boolean unsettled;

  /**
   * @param bytes its deserializers
   * @param stored is told what is skipped
   * @param earliest whether it starts at the beginning if nothing is committed
   */
  BoundedConsumer(
      Consumer<byte[], byte[]> consumer,
      PolledBytes bytes,
      CarefulReading careful,
      SkippedRecords skips,
      StoredPositions stored,
      AgentStatus status,
      boolean earliest,
      Clock clock) {
    super(consumer);
    this.bytes = bytes;
    this.careful = careful;
    this.skips = skips;
    this.stored = stored;
    this.status = status;
    this.positions = new Positions(consumer, earliest);
    this.aside = new SetAside(status, clock);
  }

  @Override
  Set<TopicPartition> left(Set<TopicPartition> partitions) {
    return aside.partitions();
  }

  @Override
  @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      aside.keepOnly(Set.of());
    }
    Object result = pass(method, arguments);
    if (method.getName().startsWith("seek") && arguments != null) {
      positions.sought(method.getName(), arguments);
      sought(arguments[0]);
    }
    return result;
  }

  /** The container goes elsewhere, such as back, to handle a batch again. */
  private void sought(@Nullable Object target) {
    Collection<?> partitions =
        target instanceof Collection<?> several
            ? several
            : target == null ? Set.of() : Set.of(target);
    for (Object partition : partitions) {
      if (partition instanceof TopicPartition known && aside.remove(known)) {
        resume(known);
      }
    }
  }

  @Override
  ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (!paused.isEmpty()) {
      // The client forgets that a partition was paused if the partition is taken from it.
      paused.retainAll(consumer.paused());
    }
    if (unsettled) {
      return readCarefully();
    }
    aside.due().forEach(this::resume);
    bytes.begin();
    ConsumerRecords<byte[], byte[]> polled;
    try {
      polled = consumer.poll(timeout);
    } catch (RecordDeserializationException e) {
      letGoOf(Map.of(e.topicPartition(), e.offset()));
      positions.keepOnly(consumer.assignment());
      meet(aside.record(e.topicPartition(), e.offset(), e.offset(), Unreadable.reason(e)));
      return ConsumerRecords.empty();
    } catch (KafkaException | Error e) {
      if (!Unreadable.isOfOneRecord(e)) {
        throw e;
      }
      return readCarefully(e);
    }
    positions.polled(polled);
    aside.keepOnly(consumer.assignment());
    aside.passed(positions);
    if (skips.isEmpty()) {
      return polled;
    }
    try {
      return withoutSkipped(polled);
    } catch (RuntimeException | Error e) {
      goBackTo(polled);
      throw e;
    }
  }

  private ConsumerRecords<byte[], byte[]> readCarefully(Throwable failure) {
    unsettled = true;
    log.debug("A poll of {} failed", status.agent().name(), failure);
    return readCarefully();
  }

  /**
   * @throws KafkaException if that fails too; nothing is polled until it succeeds
   */
  private ConsumerRecords<byte[], byte[]> readCarefully() {
    try {
      Map<TopicPartition, Long> from = positions.restore();
      aside.keepOnly(from.keySet());
      from.keySet().removeAll(aside.partitions());
      from.keySet().removeAll(paused);
      letGoOf(from);
      unsettled = false;
      from.keySet().retainAll(consumer.assignment());
      CarefulReading.Outcome outcome = careful.read(from);
      for (UnreadableRecord record : outcome.unreadable()) {
        // What precedes the record is handled first. The next poll finds the record with nothing
        // before it.
        if (!outcome.records().containsKey(record.partition())) {
          meet(record);
        }
      }
      return returned(outcome);
    } catch (OutOfMemoryError e) {
      // An Error that reaches the container stops it for good.
      throw new KafkaException("There is no memory left to read records one by one", e);
    }
  }

  private ConsumerRecords<byte[], byte[]> returned(CarefulReading.Outcome outcome) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition partition : outcome.records().keySet()) {
      long offset = Objects.requireNonNull(outcome.next().get(partition));
      next.put(partition, new OffsetAndMetadata(offset));
    }
    var read = new ConsumerRecords<>(outcome.records(), next);
    try {
      outcome
          .next()
          .forEach(
              (partition, offset) -> {
                if (!aside.partitions().contains(partition) && !isBehind(partition, offset)) {
                  moveTo(partition, offset);
                }
              });
      return skips.isEmpty() ? read : withoutSkipped(read);
    } catch (RuntimeException | Error e) {
      goBackTo(read);
      throw e;
    }
  }

  /** Has the next poll read records again that were not returned after all. */
  private void goBackTo(ConsumerRecords<byte[], byte[]> read) {
    unsettled = true;
    for (TopicPartition partition : read.partitions()) {
      positions.at(partition, read.records(partition).getFirst().offset());
    }
  }

  /** Whether the position is already past this offset, as after a skip. */
  private boolean isBehind(TopicPartition partition, long offset) {
    Long at = positions.of(partition);
    return at != null && at > offset;
  }

  /** Everything before this record is handled, and the client holds nothing of its partition. */
  private void meet(UnreadableRecord record) {
    TopicPartition partition = record.partition();
    if (!consumer.assignment().contains(partition)) {
      return;
    }
    if (skips.contain(partition, record.offset(), record.lastOffset())) {
      aside.remove(partition);
      skip(partition, record.offset(), record.lastOffset(), record.reason());
      moveTo(partition, record.lastOffset() + 1);
      commit(partition, record.lastOffset() + 1);
      resume(partition);
    } else {
      consumer.pause(Set.of(partition));
      aside.add(record);
    }
  }

  /**
   * Goes to these offsets, and has the client drop what it has fetched of the partitions: after a
   * failure it would go on with the next record. The client drops what does not fit its position
   * when it looks at it, which it does in a poll. All other partitions are paused for that poll;
   * one that is assigned in it is read again.
   */
  private void letGoOf(Map<TopicPartition, Long> offsets) {
    if (offsets.isEmpty()) {
      return;
    }
    Set<TopicPartition> before = consumer.paused();
    Set<TopicPartition> others = new HashSet<>(consumer.assignment());
    others.removeAll(offsets.keySet());
    consumer.pause(others);
    consumer.resume(offsets.keySet());
    consumer.seekToEnd(offsets.keySet());
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ZERO);
      for (TopicPartition other : polled.partitions()) {
        moveTo(other, polled.records(other).getFirst().offset());
      }
    } finally {
      offsets.forEach(this::moveTo);
      others.removeAll(before);
      others.retainAll(consumer.assignment());
      consumer.resume(others);
    }
  }

  private void moveTo(TopicPartition partition, long offset) {
    if (consumer.assignment().contains(partition)) {
      consumer.seek(partition, offset);
      positions.at(partition, offset);
    }
  }

  private void resume(TopicPartition partition) {
    if (!paused.contains(partition) && consumer.assignment().contains(partition)) {
      consumer.resume(Set.of(partition));
    }
  }

  private void skip(TopicPartition partition, long from, long to, String reason) {
    log.warn(
        "{} passes over offsets {} to {} of {}, as event-agents.skip says: {}",
        status.agent().name(),
        from,
        to,
        partition,
        reason);
    stored.skipped(partition, from, to);
    status.counts().passedOver.add(to - from + 1);
  }

  /** Commits, so that the group's lag shows it and a restart does not meet the record again. */
  private void commit(TopicPartition partition, long next) {
    try {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(next)));
    } catch (KafkaException e) {
      log.debug("What was skipped of {} is not committed; the next commit covers it", partition, e);
    }
  }

  private ConsumerRecords<byte[], byte[]> withoutSkipped(ConsumerRecords<byte[], byte[]> polled) {
    if (polled.partitions().stream().noneMatch(skips::concern)) {
      return polled;
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new LinkedHashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
        if (skips.contain(partition, record.offset(), record.offset())) {
          skip(partition, record.offset(), record.offset(), "it could be read");
        } else {
          records.add(record);
        }
      }
      if (!records.isEmpty()) {
        kept.put(partition, records);
      }
    }
    return new ConsumerRecords<>(kept, polled.nextOffsets());
  }
}
