package io.eventagents.audit.console;

import io.eventagents.Broker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the consumer groups of agents are behind, as the broker has it. Asked for at most every
 * few seconds, however many look. Thread-safe.
 */
final class GroupLags {

  private static final long PATIENCE_SECONDS = 2;
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final @Nullable Broker broker;
  private long staleAt = System.nanoTime();
  private @Nullable Map<String, Long> last;

  /**
   * @param broker null where there is none
   */
  GroupLags(@Nullable Broker broker) {
    this.broker = broker;
  }

  /**
   * Records that groups have not read yet, by group; a group that never committed is left out.
   *
   * @return null where the broker does not tell
   */
  synchronized @Nullable Map<String, Long> of(Collection<String> groups) {
    if (System.nanoTime() - staleAt >= 0) {
      last = ask(groups);
      staleAt = System.nanoTime() + FRESH.toNanos();
    }
    return last;
  }

  private @Nullable Map<String, Long> ask(Collection<String> groups) {
    Admin admin = broker == null ? null : broker.admin().orElse(null);
    if (admin == null) {
      return null;
    }
    try {
      return behind(admin, groups);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException | TimeoutException e) {
      return null; // the page says that it is not known
    }
  }

  private static Map<String, Long> behind(Admin admin, Collection<String> groups)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
    groups.forEach(group -> specs.put(group, new ListConsumerGroupOffsetsSpec()));
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
        admin.listConsumerGroupOffsets(specs).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    committed
        .values()
        .forEach(
            positions -> positions.keySet().forEach(each -> ends.put(each, OffsetSpec.latest())));
    Map<TopicPartition, Long> last = new HashMap<>();
    if (!ends.isEmpty()) {
      admin
          .listOffsets(ends)
          .all()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, end) -> last.put(partition, end.offset()));
    }
    Map<String, Long> lags = new HashMap<>();
    committed.forEach(
        (group, positions) -> {
          if (!positions.isEmpty()) {
            lags.put(
                group,
                positions.entrySet().stream()
                    .filter(position -> position.getValue() != null)
                    .mapToLong(
                        position ->
                            Math.max(
                                0,
                                last.getOrDefault(position.getKey(), 0L)
                                    - position.getValue().offset()))
                    .sum());
          }
        });
    return lags;
  }
}
