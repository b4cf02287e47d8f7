package io.eventagents.observation;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that a producer has left open. From its first record on, consumers that read only
 * committed records get nothing of the partition.
 *
 * @param partition the partition
 * @param offset of its first record there; {@code kafka-transactions.sh abort} takes it as {@code
 *     --start-offset}
 * @param since since when it was seen
 * @param overdue whether it has been open for longer than transactions should be
 * @param producer whose it is, as far as the broker tells
 */
public record OpenTransaction(
    TopicPartition partition,
    long offset,
    Instant since,
    boolean overdue,
    @Nullable String producer) {

  /** Where it begins. */
  public String position() {
    return partition + "@" + offset;
  }

  /** Whether it is the same one, seen again. */
  boolean isSameAs(TopicPartition other, long first) {
    return partition.equals(other) && offset == first;
  }
}
