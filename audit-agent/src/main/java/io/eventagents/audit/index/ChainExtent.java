package io.eventagents.audit.index;

import java.time.Instant;
import java.util.List;

/**
 * How large a chain is.
 *
 * @param records how many, repeated ones counted
 * @param began the first {@code occurred_at}
 * @param ended the last {@code occurred_at}
 * @param last the highest number of its records in the index
 */
public record ChainExtent(long records, Instant began, Instant ended, long last) {

  /**
   * The extent of these records, at least one.
   *
   * @throws java.util.NoSuchElementException where there is none
   */
  public static ChainExtent of(List<OutlinedEvent> records) {
    Instant began = records.getFirst().occurredAt();
    Instant ended = began;
    long last = 0;
    for (OutlinedEvent record : records) {
      began = record.occurredAt().isBefore(began) ? record.occurredAt() : began;
      ended = record.occurredAt().isAfter(ended) ? record.occurredAt() : ended;
      last = Math.max(last, record.number());
    }
    return new ChainExtent(records.size(), began, ended, last);
  }
}
