package io.eventagents.audit.verification;

import io.eventagents.DependencyUnavailable;
import io.eventagents.audit.log.Gap;
import io.eventagents.audit.log.LogPartition;
import io.eventagents.audit.proof.Checkpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker knows of a log, held against it: checkpoints that were published, whether the
 * gaps are gaps there too, and whether all is logged that was there to be logged. Not thread-safe.
 */
public final class BrokerEvidence {

  private static final long PATIENCE_SECONDS = 15;

  /** What the topics end with that the audit agent logs unless told otherwise. */
  private static final String EVENTS = "-events";

  /** Reads records of a broker. */
  public interface RecordSource {

    /** Every record of the topic, from the first to the last there is now. */
    void read(String topic, RecordTaker taker) throws IOException, InterruptedException;

    /** The first offset from there on that readers are given; empty if none is to be had. */
    Optional<Long> firstFrom(TopicPartition partition, long offset);
  }

  /** Takes records. */
  @FunctionalInterface
  public interface RecordTaker {

    /** Takes one. */
    void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  private final Admin admin;
  private final RecordSource records;
  private final boolean required;
  private final GroupEvidence group;

  /**
   * As those have it who leave the group and the topics of the audit agent as they are.
   *
   * @param admin asks the broker
   * @param records reads what is there
   * @param required whether there is no result without the broker; else a note says that it did not
   *     answer
   */
  public BrokerEvidence(Admin admin, RecordSource records, boolean required) {
    this(admin, records, required, GroupEvidence.GROUP, topic -> false);
  }

  /**
   * As an agent has it.
   *
   * @param admin asks the broker
   * @param records reads what is there
   * @param required whether there is no result without the broker; else a note says that it did not
   *     answer
   * @param group the consumer group that reads for the log
   * @param topics tells whether a topic is to be logged, though no line is of it
   */
  public BrokerEvidence(
      Admin admin, RecordSource records, boolean required, String group, Predicate<String> topics) {
    this.admin = admin;
    this.records = records;
    this.required = required;
    this.group = new GroupEvidence(admin, records, group, topics);
  }

  /**
   * Compares.
   *
   * @throws IOException if the broker does not answer and has to
   */
  void compare(
      String logId,
      KeptCheckpoints checkpoints,
      Offsets offsets,
      Findings holes,
      List<String> notes)
      throws IOException, InterruptedException {
    try {
      compareCheckpoints(logId, checkpoints, notes);
      Map<TopicPartition, Long> there = compareOffsets(offsets, holes, notes);
      compareGaps(offsets, holes, notes);
      group.compare(logId, there, holes, notes);
    } catch (ExecutionException | TimeoutException | KafkaException | DependencyUnavailable e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      if (required) {
        throw new IOException(
            "the broker does not answer (" + cause + "); see that --broker names one, or leave it",
            e);
      }
      notes.add("The broker did not answer and was not compared: " + cause);
    }
  }

  private void compareCheckpoints(String logId, KeptCheckpoints checkpoints, List<String> notes)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Set<String> topics = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!topics.contains(Checkpoints.TOPIC)) {
      notes.add("The broker has no topic " + Checkpoints.TOPIC);
      return;
    }
    byte[] key = logId.getBytes(StandardCharsets.UTF_8);
    long[] count = new long[1];
    records.read(
        Checkpoints.TOPIC,
        record -> {
          if (Arrays.equals(key, record.key())) {
            count[0]++;
            checkpoints.checkRecord(
                Checkpoints.TOPIC + "-" + record.partition() + " offset " + record.offset(),
                0,
                record.value());
          }
        });
    notes.add("Notes of this log on the topic %s: %d".formatted(Checkpoints.TOPIC, count[0]));
  }

  /** Returns the offsets that are due of what is on the broker still. */
  private Map<TopicPartition, Long> compareOffsets(
      Offsets offsets, Findings holes, List<String> notes)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<LogPartition, Long> next = offsets.next();
    Map<String, TopicDescription> topics = describe(offsets.topics().keySet());
    Map<TopicPartition, Long> asked = new HashMap<>();
    next.forEach(
        (partition, offset) -> {
          TopicDescription topic = topics.get(partition.topic());
          if (topic != null
              && topic.topicId().equals(partition.topicId())
              && partition.partition() < topic.partitions().size()) {
            asked.put(new TopicPartition(partition.topic(), partition.partition()), offset);
          }
        });
    Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(asked, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(asked, OffsetSpec.latest());
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> partition : asked.entrySet()) {
      ListOffsetsResultInfo start = starts.get(partition.getKey());
      ListOffsetsResultInfo end = ends.get(partition.getKey());
      if (start != null && start.offset() > partition.getValue()) {
        holes.add(
            partition.getKey().toString(),
            0,
            -1,
            "offset %d on, where the log stops".formatted(partition.getValue()),
            "that the broker begins at offset %d: the records between were deleted before they were logged"
                .formatted(start.offset()));
      }
      if (end != null && end.offset() < partition.getValue()) {
        notes.add(
            "%s ends at offset %d, and the log has offsets up to %d: the broker lost records"
                .formatted(partition.getKey(), end.offset(), partition.getValue() - 1));
      } else if (end != null) {
        lag += end.offset() - partition.getValue();
      }
    }
    notes.add("Offsets on the broker that are not logged yet: " + lag);
    noteWhatWasNeverLogged(next.keySet(), notes);
    long gone = (long) next.size() - asked.size();
    if (gone > 0) {
      notes.add(
          "Partitions of the log whose topics are not on the broker any more, or were made again: "
              + gone);
    }
    return asked;
  }

  /** It may be new, or of an agent of its own; or somebody keeps it from the log. */
  private void noteWhatWasNeverLogged(Set<LogPartition> logged, List<String> notes)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> topics = new TreeSet<>();
    for (String topic : admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      if (topic.endsWith(EVENTS)) {
        topics.add(topic);
      }
    }
    Map<TopicPartition, Long> unlogged = new HashMap<>();
    describe(topics)
        .forEach(
            (name, topic) ->
                topic
                    .partitions()
                    .forEach(
                        partition -> {
                          if (!logged.contains(
                              new LogPartition(name, topic.topicId(), partition.partition()))) {
                            unlogged.put(new TopicPartition(name, partition.partition()), 0L);
                          }
                        }));
    Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(unlogged, OffsetSpec.earliest());
    Map<TopicPartition, Long> records = new TreeMap<>(Comparator.comparing(Object::toString));
    offsets(unlogged, OffsetSpec.latest())
        .forEach(
            (partition, end) -> {
              ListOffsetsResultInfo start = starts.get(partition);
              if (start != null && end.offset() > start.offset()) {
                records.put(partition, end.offset() - start.offset());
              }
            });
    if (!records.isEmpty()) {
      notes.add("Of these partitions nothing is logged, with so many offsets: " + records);
    }
  }

  private void compareGaps(Offsets offsets, Findings holes, List<String> notes)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, TopicDescription> topics = describe(offsets.topics().keySet());
    int checked = 0;
    for (Gap gap : offsets.legitimate()) {
      LogPartition partition = gap.partition();
      TopicDescription topic = topics.get(partition.topic());
      if (topic == null || !topic.topicId().equals(partition.topicId())) {
        continue;
      }
      TopicPartition asked = new TopicPartition(partition.topic(), partition.partition());
      Optional<Long> first = records.firstFrom(asked, gap.from());
      checked++;
      if (first.isPresent() && first.get() <= gap.to()) {
        holes.add(
            asked.toString(),
            0,
            -1,
            "no record at " + gap + ", as the log says",
            "one at offset %d".formatted(first.get()));
      }
    }
    if (checked > 0) {
      notes.add("Gaps that were looked up on the broker, the last ones: " + checked);
    }
  }

  private Map<String, TopicDescription> describe(Set<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> there =
        new HashSet<>(admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    there.retainAll(topics);
    return admin.describeTopics(there).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Map<TopicPartition, Long> asked, OffsetSpec which)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
    asked.keySet().forEach(partition -> specs.put(partition, which));
    return admin
        .listOffsets(specs, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
