package io.eventagents.dispatch;

import io.eventagents.ReceivedRecord;
import io.eventagents.RecordBatch;
import io.eventagents.RecordLog;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.EventTraces;
import io.eventagents.retry.BatchInterrupted;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands whole batches to an agent that takes records of any kind; a batch that fails comes again
 * until it succeeds.
 */
public final class RecordLogDispatcher implements RecordDispatcher {

  private static final Logger log = LoggerFactory.getLogger(RecordLogDispatcher.class);

  private final Consumer<RecordBatch> agent;
  private final Function<String, Uuid> topicIds;
  private final Consumer<String> forgetTopicId;
  private final AgentStatus status;
  private final EventTraces traces;
  private final Clock clock;
  private final OutageBackoff outage = new OutageBackoff();
  private final Map<TopicPartition, Long> lastOffsets = new HashMap<>();

  /**
   * @param topicIds Kafka's id of a topic
   * @param forgetTopicId has it looked up anew
   * @param traces keeps each record in its trace
   */
  public RecordLogDispatcher(
      Consumer<RecordBatch> agent,
      Function<String, Uuid> topicIds,
      Consumer<String> forgetTopicId,
      AgentStatus status,
      EventTraces traces,
      Clock clock) {
    this.agent = agent;
    this.topicIds = topicIds;
    this.forgetTopicId = forgetTopicId;
    this.status = status;
    this.traces = traces;
    this.clock = clock;
  }

  @Override
  public void dispatch(List<ConsumerRecord<byte[], byte[]>> records) {
    try {
      List<ReceivedRecord> received = new ArrayList<>(records.size());
      for (ConsumerRecord<byte[], byte[]> record : records) {
        forgetWhereItStartedAgain(record);
        received.add(new ReceivedRecord(record, topicIds.apply(record.topic())));
      }
      RecordBatch batch = new RecordBatch(received);
      traces.observeTogether(status.agent().name(), records, () -> agent.accept(batch));
    } catch (RuntimeException | Error e) {
      // Errors too: one that reaches the container stops it for good.
      throw waitAfter(e, records);
    }
    outage.over().ifPresent(what -> log.info("{} goes on", status.agent().name()));
    status.counts().handled.add(records.size());
    status.running();
  }

  /**
   * A topic that is deleted and made again may never be unassigned: its offsets start over, and it
   * has another id.
   */
  private void forgetWhereItStartedAgain(ConsumerRecord<byte[], byte[]> record) {
    Long last =
        lastOffsets.put(new TopicPartition(record.topic(), record.partition()), record.offset());
    if (last != null && record.offset() <= last) {
      forgetTopicId.accept(record.topic());
    }
  }

  private BatchInterrupted waitAfter(
      Throwable failure, List<ConsumerRecord<byte[], byte[]>> records) {
    boolean isFirst = outage.isOver();
    String reason = String.valueOf(failure.getMessage());
    Duration delay = outage.next(reason, null);
    status.counts().interrupted.increment();
    var now = clock.instant();
    status.waiting(reason, now, now.plus(delay));
    if (isFirst) {
      log.error(
          "{} failed and tries the same records again until it works",
          status.agent().name(),
          failure);
    }
    Map<TopicPartition, Long> resumeAt = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      resumeAt.merge(
          new TopicPartition(record.topic(), record.partition()), record.offset(), Math::min);
    }
    if (agent instanceof RecordLog recordLog) {
      goBack(recordLog, resumeAt);
    }
    return new BatchInterrupted(reason, resumeAt, delay);
  }

  /**
   * What the agent has stored decides, and that may have become less: records of any batch come
   * again.
   */
  private void goBack(RecordLog recordLog, Map<TopicPartition, Long> resumeAt) {
    for (Map.Entry<TopicPartition, Long> delivered : lastOffsets.entrySet()) {
      TopicPartition partition = delivered.getKey();
      long next = nextOffset(recordLog, partition);
      if (next <= resumeAt.getOrDefault(partition, delivered.getValue())) {
        resumeAt.put(partition, next);
      }
    }
  }

  private long nextOffset(RecordLog recordLog, TopicPartition partition) {
    try {
      return recordLog
          .nextOffset(partition.topic(), topicIds.apply(partition.topic()), partition.partition())
          .orElse(BatchInterrupted.BEGINNING);
    } catch (RuntimeException e) {
      // The topic is gone, or the broker does not say. It is asked again at the next assignment.
      log.debug("It cannot be told where {} goes on", partition, e);
      return Long.MAX_VALUE;
    }
  }
}
