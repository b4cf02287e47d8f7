package io.eventagents.observation;

import io.eventagents.topic.BrokerAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How far consumer groups are behind, as the broker has it: over all instances, also of partitions
 * nobody reads now.
 */
public final class ConsumerLag {

  private static final long PATIENCE_SECONDS = 3;

  private static final Duration SILENT_FOR = Duration.ofSeconds(2);

  private final BrokerAdmin broker;
  private volatile long silentUntil = System.nanoTime();

  /**
   * @param broker asked for committed and last offsets
   */
  public ConsumerLag(BrokerAdmin broker) {
    this.broker = broker;
  }

  /**
   * Records that the group has not committed yet.
   *
   * @param topics the topics that the group reads, for partitions of which it has committed nothing
   *     yet; empty where they are given by a pattern
   * @return empty where the broker does not tell in time
   */
  public OptionalLong of(String group, Collection<String> topics) {
    Admin admin = broker.client().orElse(null);
    if (admin == null || System.nanoTime() - silentUntil < 0) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(behind(admin, group, topics));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    } catch (ExecutionException | TimeoutException e) {
      // The broker is away: that is what the state says; a number would be a guess. The next agents
      // of the same look need not wait for it too.
      silentUntil = System.nanoTime() + SILENT_FOR.toNanos();
      return OptionalLong.empty();
    }
  }

  private static long behind(Admin admin, String group, Collection<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, Long> positions = new HashMap<>();
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, position) -> positions.put(partition, position.offset()));
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        partition ->
                            asked.put(
                                new TopicPartition(name, partition.partition()),
                                OffsetSpec.earliest())));
    asked.keySet().removeAll(positions.keySet());
    offsets(admin, asked).forEach((partition, first) -> positions.put(partition, first.offset()));
    asked.clear();
    positions.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    long lag = 0;
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : offsets(admin, asked).entrySet()) {
      lag += Math.max(0, end.getValue().offset() - positions.getOrDefault(end.getKey(), 0L));
    }
    return lag;
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, Map<TopicPartition, OffsetSpec> asked)
      throws InterruptedException, ExecutionException, TimeoutException {
    return asked.isEmpty()
        ? Map.of()
        : admin.listOffsets(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
