package io.eventagents.audit.console;

import io.eventagents.Broker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the consumer groups of agents are behind. The broker is asked at most once in a few
 * seconds, however many viewers there are. Thread-safe.
 */
final class GroupLags {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final @Nullable Broker broker;
  private long staleAt = System.nanoTime();
  private @Nullable Map<String, OptionalLong> last;

  /**
   * @param broker null if there is none
   */
  GroupLags(@Nullable Broker broker) {
    this.broker = broker;
  }

  /**
   * The number of records that each group has not read yet. A group that never committed is left
   * out; the number is empty if the broker does not tell it.
   *
   * @return null if the broker tells none
   */
  synchronized @Nullable Map<String, OptionalLong> of(Collection<String> groups) {
    if (System.nanoTime() - staleAt >= 0) {
      last = ask(groups);
      staleAt = System.nanoTime() + FRESH.toNanos();
    }
    return last;
  }

  private @Nullable Map<String, OptionalLong> ask(Collection<String> groups) {
    Admin admin = broker == null ? null : broker.admin().orElse(null);
    if (admin == null) {
      return null;
    }
    try {
      return behind(admin, groups, System.nanoTime() + PATIENCE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Takes each group by itself: anyone can write a name that the broker refuses. */
  private static @Nullable Map<String, OptionalLong> behind(
      Admin admin, Collection<String> groups, long until) throws InterruptedException {
    Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
    groups.forEach(group -> specs.put(group, new ListConsumerGroupOffsetsSpec()));
    ListConsumerGroupOffsetsResult asked = admin.listConsumerGroupOffsets(specs);
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (String group : groups) {
      Map<TopicPartition, OffsetAndMetadata> positions =
          get(asked.partitionsToOffsetAndMetadata(group), until).orElse(null);
      if (positions != null) {
        committed.put(group, positions);
        positions.keySet().forEach(each -> partitions.put(each, OffsetSpec.latest()));
      }
    }
    if (committed.isEmpty() && !groups.isEmpty()) {
      return null;
    }
    ListOffsetsResult ends = partitions.isEmpty() ? null : admin.listOffsets(partitions);
    Map<TopicPartition, Long> last = new HashMap<>();
    for (TopicPartition partition : partitions.keySet()) {
      get(Objects.requireNonNull(ends).partitionResult(partition), until)
          .ifPresent(end -> last.put(partition, end.offset()));
    }
    Map<String, OptionalLong> lags = new HashMap<>();
    for (String group : groups) {
      Map<TopicPartition, OffsetAndMetadata> positions = committed.get(group);
      if (positions == null) {
        lags.put(group, OptionalLong.empty());
      } else if (!positions.isEmpty()) {
        lags.put(group, lag(positions, last));
      }
    }
    return lags;
  }

  private static OptionalLong lag(
      Map<TopicPartition, OffsetAndMetadata> positions, Map<TopicPartition, Long> last) {
    long lag = 0;
    for (Map.Entry<TopicPartition, OffsetAndMetadata> position : positions.entrySet()) {
      Long end = last.get(position.getKey());
      if (end == null) {
        return OptionalLong.empty();
      }
      if (position.getValue() != null) {
        lag += Math.max(0, end - position.getValue().offset());
      }
    }
    return OptionalLong.of(lag);
  }

  /** Empty if the broker does not answer; the page then shows a question mark. */
  private static <T> Optional<T> get(KafkaFuture<T> answer, long until)
      throws InterruptedException {
    try {
      return Optional.of(answer.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }
}
