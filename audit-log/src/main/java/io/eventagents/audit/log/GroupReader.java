package io.eventagents.audit.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Who reads in a consumer group. A log says in its consumers' client ids which one it is.
 *
 * @param client id of the client
 * @param host where it runs
 * @param logId of the log that it reads for; null if it does not say: an audit agent of an earlier
 *     version, or another program
 * @param partitions that it has now
 * @param settled whether it is not being told right now which it has
 */
public record GroupReader(
    String client,
    String host,
    @Nullable UUID logId,
    Set<TopicPartition> partitions,
    boolean settled) {

  private static final int ID_LENGTH = 36;
  private static final long PATIENCE_SECONDS = 5;

  /** Copies the partitions. */
  public GroupReader {
    partitions = Set.copyOf(partitions);
  }

  /** Those that are in a group now. */
  public static List<GroupReader> of(Admin admin, String group)
      throws InterruptedException, ExecutionException, TimeoutException {
    ConsumerGroupDescription described;
    try {
      described =
          Objects.requireNonNull(
                  admin.describeConsumerGroups(List.of(group)).describedGroups().get(group))
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw e;
    }
    List<GroupReader> readers = new ArrayList<>();
    for (MemberDescription member : described.members()) {
      readers.add(
          new GroupReader(
              member.clientId(),
              member.host(),
              logId(group, member.clientId()).orElse(null),
              member.assignment().topicPartitions(),
              described.groupState() == GroupState.STABLE));
    }
    return readers;
  }

  /** The offsets that a group has committed. */
  public static Map<TopicPartition, Long> committed(Admin admin, String group)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .forEach(
              (partition, committed) -> {
                if (committed != null) {
                  offsets.put(partition, committed.offset());
                }
              });
      return offsets;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }

  /** Whether it reads for this log. */
  public boolean isOf(String log) {
    UUID id = logId;
    return id != null && id.toString().equals(log);
  }

  /** Whether it reads for another log than this one, as far as it says. */
  public boolean isOfAnotherThan(String log) {
    return logId != null && !isOf(log);
  }

  /** Whether it has a partition of such a topic. */
  public boolean reads(Predicate<String> topics) {
    return partitions.stream().map(TopicPartition::topic).anyMatch(topics);
  }

  @Override
  public String toString() {
    UUID id = logId;
    return "%s (client %s at %s)"
        .formatted(id == null ? "a program that names no log" : "the log " + id, client, host);
  }

  private static Optional<UUID> logId(String group, String client) {
    int from = group.length() + 1;
    if (!client.startsWith(group + "-") || client.length() < from + ID_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(client.substring(from, from + ID_LENGTH)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
