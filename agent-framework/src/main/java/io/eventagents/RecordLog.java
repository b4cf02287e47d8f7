package io.eventagents;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;

/**
 * An agent that takes every record of its topics and keeps its own position: what it has stored
 * decides where reading goes on, whatever was committed.
 *
 * <pre>{@code
 * @Bean
 * @Agent(topics = ".*-events")
 * AuditLog auditLog(...) { ... }   // AuditLog implements RecordLog
 * }</pre>
 *
 * <p>Called by one thread at a time.
 */
public interface RecordLog extends Consumer<RecordBatch> {

  /**
   * Where to go on with a partition that was assigned to this instance; called at each assignment,
   * before any record of it is delivered.
   *
   * @param topic the name of the topic
   * @param topicId Kafka's id of the topic
   * @param partition the partition
   * @return the first offset that is not stored yet; empty where nothing of the partition is
   *     stored: then reading starts at its beginning
   */
  OptionalLong nextOffset(String topic, Uuid topicId, int partition);

  /**
   * Told that records will not be delivered because an operator named them in {@code
   * event-agents.skip}; called before any later record of the partition is delivered. Does nothing
   * by default.
   *
   * @param topic the name of the topic
   * @param topicId Kafka's id of the topic
   * @param partition the partition
   * @param from the first offset that is left out
   * @param to the last offset that is left out
   */
  default void skipped(String topic, Uuid topicId, int partition, long from, long to) {}
}
