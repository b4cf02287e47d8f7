package io.eventagents.audit.log;

/**
 * Offsets of a partition between two lines that were never delivered.
 *
 * @param partition the partition
 * @param from the first of them
 * @param to the last of them
 */
public record Gap(LogPartition partition, long from, long to) {

  /** How many offsets. */
  public long size() {
    return to - from + 1;
  }

  /** Whether an offset is in both. */
  boolean overlaps(Gap other) {
    return partition.equals(other.partition) && from <= other.to && other.from <= to;
  }

  @Override
  public String toString() {
    return "offsets %d to %d of %s-%d"
        .formatted(from, to, partition.topic(), partition.partition());
  }
}
