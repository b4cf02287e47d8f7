package io.eventagents.audit.log;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker why offsets are missing, once per batch that has gaps. What is still within the
 * broker's log and was not delivered holds nothing for readers; what lies before its start was
 * deleted. Thread-safe.
 */
public final class BrokerGapReasons implements GapReasons {

  private static final Logger log = LoggerFactory.getLogger(BrokerGapReasons.class);
  private static final long PATIENCE_SECONDS = 5;

  private final Supplier<Optional<Admin>> broker;
  private final Map<Uuid, Boolean> compacted = new ConcurrentHashMap<>();

  /**
   * @param broker asks it; empty if there is none
   */
  public BrokerGapReasons(Supplier<Optional<Admin>> broker) {
    this.broker = broker;
  }

  @Override
  public Map<Gap, GapReason> of(Collection<Gap> gaps) {
    Admin admin = broker.get().orElse(null);
    if (admin == null) {
      return GapReasons.UNTOLD.of(gaps);
    }
    try {
      return ask(admin, gaps);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return GapReasons.UNTOLD.of(gaps);
    } catch (ExecutionException | TimeoutException e) {
      log.warn(
          "The broker does not tell why {} were not delivered;"
              + " the audit log has them as unknown. It needs to describe topics and their configuration",
          gaps,
          e);
      return GapReasons.UNTOLD.of(gaps);
    }
  }

  private Map<Gap, GapReason> ask(Admin admin, Collection<Gap> gaps)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<LogPartition, TopicPartition> partitions =
        gaps.stream()
            .map(Gap::partition)
            .distinct()
            .collect(
                Collectors.toMap(
                    partition -> partition,
                    partition -> new TopicPartition(partition.topic(), partition.partition())));
    Set<String> topics =
        partitions.keySet().stream().map(LogPartition::topic).collect(Collectors.toSet());
    KafkaFuture<Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo>> starts =
        admin
            .listOffsets(
                Set.copyOf(partitions.values()).stream()
                    .collect(
                        Collectors.toMap(
                            partition -> partition, partition -> OffsetSpec.earliest())))
            .all();
    KafkaFuture<Map<String, TopicDescription>> described =
        admin.describeTopics(topics).allTopicNames();
    askForCompaction(admin, partitions.keySet());
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> start =
        starts.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Map<String, TopicDescription> topic = described.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Map<Gap, GapReason> reasons = new HashMap<>();
    for (Gap gap : gaps) {
      LogPartition partition = gap.partition();
      TopicPartition asked = partitions.get(partition);
      TopicDescription now = topic.get(partition.topic());
      ListOffsetsResult.ListOffsetsResultInfo first = asked == null ? null : start.get(asked);
      if (first == null || now == null || !now.topicId().equals(partition.topicId())) {
        // Made again since: what the broker says now is of another topic.
        reasons.put(gap, GapReason.UNKNOWN);
      } else if (first.offset() > gap.from()) {
        reasons.put(gap, GapReason.RETENTION);
      } else {
        boolean compaction = compacted.getOrDefault(partition.topicId(), false);
        reasons.put(gap, compaction ? GapReason.COMPACTION : GapReason.TRANSACTIONS);
      }
    }
    return reasons;
  }

  /** The policy of a topic hardly ever changes: it is asked for once. */
  private void askForCompaction(Admin admin, Set<LogPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<ConfigResource, Uuid> unknown = new HashMap<>();
    for (LogPartition partition : partitions) {
      if (!compacted.containsKey(partition.topicId())) {
        unknown.put(
            new ConfigResource(ConfigResource.Type.TOPIC, partition.topic()), partition.topicId());
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    Map<ConfigResource, Config> configs =
        admin.describeConfigs(unknown.keySet()).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    unknown.forEach(
        (resource, topicId) -> compacted.put(topicId, isCompacted(configs.get(resource))));
  }

  private static boolean isCompacted(@Nullable Config config) {
    ConfigEntry policy = config == null ? null : config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    return policy != null
        && policy.value() != null
        && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT);
  }
}
