package io.eventagents.audit.verification;

import io.eventagents.audit.log.GroupReader;
import io.eventagents.audit.verification.BrokerEvidence.RecordSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Whether records that should be in a log are in another one: who reads in its consumer group, and
 * how far that has read. Not thread-safe.
 */
final class GroupEvidence {

  /** Of the audit agent, unless told otherwise. */
  static final String GROUP = "audit-log";

  private final Admin admin;
  private final RecordSource records;
  private final String group;
  private final Predicate<String> topics;

  /**
   * @param group the consumer group that reads for the log
   * @param topics tells whether a topic is to be logged, though no line is of it
   */
  GroupEvidence(Admin admin, RecordSource records, String group, Predicate<String> topics) {
    this.admin = admin;
    this.records = records;
    this.group = group;
    this.topics = topics;
  }

  /**
   * Compares.
   *
   * @param next the offset that is due of each partition of the log that is on the broker
   */
  void compare(String logId, Map<TopicPartition, Long> next, Findings holes, List<String> notes)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> logged =
        next.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    List<GroupReader> readers;
    try {
      readers = GroupReader.of(admin, group);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        notes.add(
            "Who reads in the group %s cannot be told, nor whether another log does: DESCRIBE on it is needed"
                .formatted(group));
        return;
      }
      throw e;
    }
    Set<TopicPartition> own = new HashSet<>();
    Map<TopicPartition, GroupReader> elsewhere =
        new TreeMap<>(Comparator.comparing(Object::toString));
    for (GroupReader reader : readers) {
      if (reader.isOf(logId)) {
        own.addAll(reader.partitions());
      } else if (reader.isOfAnotherThan(logId)) {
        reader.partitions().forEach(partition -> elsewhere.put(partition, reader));
      }
    }
    Map<TopicPartition, String> others = new TreeMap<>(Comparator.comparing(Object::toString));
    elsewhere.forEach(
        (partition, reader) -> {
          if (logged.contains(partition.topic()) || topics.test(partition.topic())) {
            holes.add(
                partition.toString(),
                0,
                -1,
                "offset %d on to be read for this log".formatted(next.getOrDefault(partition, 0L)),
                "that %s reads it, in the same group %s".formatted(reader, group));
          } else {
            others.put(partition, reader.toString());
          }
        });
    if (!others.isEmpty()) {
      notes.add("Of these partitions nothing is logged, and other logs read them: " + others);
    }
    compareCommitted(next, logged, own, elsewhere.keySet(), holes);
  }

  /** Nothing is committed before it is logged; a partition that this log reads now catches up. */
  private void compareCommitted(
      Map<TopicPartition, Long> next,
      Set<String> logged,
      Set<TopicPartition> own,
      Set<TopicPartition> elsewhere,
      Findings holes)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (Map.Entry<TopicPartition, Long> committed :
        GroupReader.committed(admin, group).entrySet()) {
      TopicPartition partition = committed.getKey();
      if (!logged.contains(partition.topic())
          || own.contains(partition)
          || elsewhere.contains(partition)) {
        continue;
      }
      long due = next.getOrDefault(partition, 0L);
      Optional<Long> first =
          committed.getValue() > due ? records.firstFrom(partition, due) : Optional.empty();
      if (first.isPresent() && first.get() < committed.getValue()) {
        holes.add(
            partition.toString(),
            0,
            -1,
            "offset %d on in this log, as the group %s has read up to offset %d"
                .formatted(first.get(), group, committed.getValue() - 1),
            "no line: another log has them, or somebody set the offsets of the group");
      }
    }
  }
}
