package io.eventagents.observation;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that a consumer cannot read, and at which its partition waits.
 *
 * @param partition the partition
 * @param offset the offset of the record
 * @param lastOffset the last offset of the batch that holds it: if the record cannot be skipped
 *     alone, reading can go on after this offset
 * @param reason why it cannot be read
 * @param since since when the partition waits
 */
public record UnreadableRecord(
    TopicPartition partition, long offset, long lastOffset, String reason, Instant since) {

  /** Its position, as {@code event-agents.skip} names it. */
  public String position() {
    return partition + "@" + offset;
  }
}
