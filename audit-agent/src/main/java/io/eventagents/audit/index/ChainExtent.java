package io.eventagents.audit.index;

import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.util.List;

/**
 * The size and the duration of a chain.
 *
 * @param records how many records, with repeated ones
 * @param began the first {@code occurred_at}
 * @param ended the last {@code occurred_at}
 * @param last the highest number of its records in the index
 */
public record ChainExtent(long records, Instant began, Instant ended, long last) {

  /**
   * The extent of at least one record.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public static ChainExtent of(List<OutlinedEvent> records) {
    return new ChainExtent(
        records.size(),
        records.stream().map(OutlinedEvent::occurredAt).min(naturalOrder()).orElseThrow(),
        records.stream().map(OutlinedEvent::occurredAt).max(naturalOrder()).orElseThrow(),
        records.stream().mapToLong(OutlinedEvent::number).max().orElseThrow());
  }
}
