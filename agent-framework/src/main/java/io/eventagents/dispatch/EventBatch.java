package io.eventagents.dispatch;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The deliveries of one poll, and whether they can be finished now. */
final class EventBatch {

  private static final Duration LAST_WAIT = Duration.ofSeconds(5);

  private final List<ConsumerRecord<byte[], byte[]>> records;
  private final List<Delivery> deliveries;
  private final BooleanSupplier hasTime;
  private final BooleanSupplier isStopping;
  private volatile long stopsWaitingAt;
  private final AtomicReference<Failure.@Nullable Unavailable> interruption =
      new AtomicReference<>();

  /**
   * @param records all that was polled
   * @param deliveries those of them that are addressed to the agent, in the same order
   * @param hasTime whether the poll interval leaves time to start an event
   * @param isStopping whether the application ends
   */
  EventBatch(
      List<ConsumerRecord<byte[], byte[]>> records,
      List<Delivery> deliveries,
      BooleanSupplier hasTime,
      BooleanSupplier isStopping) {
    this.records = records;
    this.deliveries = deliveries;
    this.hasTime = hasTime;
    this.isStopping = isStopping;
  }

  /** Some of its deliveries, within its time. If they are interrupted, this batch is not yet. */
  EventBatch only(List<Delivery> some) {
    return new EventBatch(records, some, hasTime, isStopping);
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  /**
   * The unfinished deliveries per key, each in order; a record without a key is a key of its own.
   */
  List<List<Delivery>> byKey() {
    Map<Object, List<Delivery>> keys = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      if (!delivery.isFinished()) {
        byte[] key = delivery.record().key();
        keys.computeIfAbsent(
                key == null ? delivery : ByteBuffer.wrap(key), one -> new ArrayList<>(2))
            .add(delivery);
      }
    }
    return new ArrayList<>(keys.values());
  }

  /**
   * Whether another event may be started: nothing is waited for, the application goes on, and the
   * poll interval leaves time.
   */
  boolean takesMore() {
    return interruption.get() == null && !isStopping() && hasTime.getAsBoolean();
  }

  /**
   * Whether there is time to wait for what was begun: the poll interval leaves some, and the
   * application has been ending for a few seconds at most.
   */
  boolean mayWait() {
    if (isStopping() && stopsWaitingAt == 0) {
      stopsWaitingAt = System.nanoTime() + LAST_WAIT.toNanos();
    }
    return hasTime.getAsBoolean()
        && (stopsWaitingAt == 0 || System.nanoTime() - stopsWaitingAt < 0);
  }

  /**
   * Whether the application ends: events that wait for their next attempt come again after the next
   * start.
   */
  boolean isStopping() {
    return isStopping.getAsBoolean();
  }

  /** Has nothing more started: unfinished events come again. The first reason counts. */
  void interrupt(String dependency) {
    interrupt(new Failure.Unavailable(dependency, null));
  }

  /** The same, if something is down. */
  void interrupt(Failure.@Nullable Unavailable unavailable) {
    interruption.compareAndSet(null, unavailable);
  }

  /**
   * Interrupts it if the failure says that a dependency is away or that another transaction was in
   * the way. Returns false for any other failure.
   */
  boolean isInterruptedBy(Throwable failure) {
    return switch (Failure.of(failure)) {
      case Failure.Unavailable unavailable -> {
        interrupt(unavailable);
        yield true;
      }
      case Failure.Conflict conflict -> {
        interrupt(Failure.DATABASE + conflict.reason());
        yield true;
      }
      case Failure.Final rejected -> false;
      case Failure.Passing passing -> false;
    };
  }

  /** Why it cannot be finished now. */
  Failure.@Nullable Unavailable interruption() {
    return interruption.get();
  }

  boolean isFinished() {
    return deliveries.stream().allMatch(Delivery::isFinished);
  }

  /**
   * The offset at which each partition goes on: its first unfinished delivery, else the one after
   * its last record.
   */
  Map<TopicPartition, Long> resumeAt() {
    Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      offsets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
    for (Delivery delivery : deliveries) {
      if (!delivery.isFinished()) {
        // Each unfinished one stands before the end, so that the first of them is the least.
        offsets.merge(
            new TopicPartition(delivery.record().topic(), delivery.record().partition()),
            delivery.record().offset(),
            Math::min);
      }
    }
    return offsets;
  }
}
