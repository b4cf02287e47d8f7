package io.eventagents;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
   * before any record of it is delivered. It is called too when a batch failed: if it then says an
   * offset that was delivered already, the records from there on are delivered again, whatever
   * partition they are of.
   *
   * @param topic the name of the topic
   * @param topicId Kafka's id of the topic
   * @param partition the partition
   * @return the first offset that is not stored yet; empty if nothing of the partition is stored:
   *     then reading starts at its beginning
   */
  OptionalLong nextOffset(String topic, Uuid topicId, int partition);

  /**
   * How often less was stored than had been delivered; asked every few seconds while no record
   * comes, by the threads that deliver them. Each time it has grown {@link #nextOffset} is asked of
   * every partition, and the records from there on are delivered again. 0 by default: what is
   * stored stays.
   */
  default long losses() {
    return 0;
  }

  /**
   * Names this log among others that may be in the same consumer group. Its consumers say it to the
   * broker: their client ids begin with {@code <group>-<identity>}. Empty by default.
   */
  default Optional<String> identity() {
    return Optional.empty();
  }

  /**
   * Asked before this instance joins its consumer group, and every few seconds again as long as it
   * must not. Nothing is in the way by default.
   *
   * @param group the consumer group
   * @param topics tells whether a topic is one of those to be read
   * @return what is in the way; empty if reading may begin
   */
  default Optional<String> obstacle(String group, Predicate<String> topics) {
    return Optional.empty();
  }

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
