package io.eventagents.audit.index;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to search for. A record must meet all conditions; without any, every record does.
 *
 * @param criteria the text for each criterion; a field only with its value
 * @param from the earliest {@code occurred_at}; null for any
 * @param to the first {@code occurred_at} that is too late; null for none
 * @param unreadable true for records without a readable event type only, false for records with
 *     one; null for both
 */
public record RecordFilter(
    Map<Criterion, String> criteria,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Boolean unreadable) {

  /**
   * @throws IllegalArgumentException if there is a field without a value
   */
  public RecordFilter {
    criteria = Map.copyOf(criteria);
    if (criteria.containsKey(Criterion.FIELD) && !criteria.containsKey(Criterion.VALUE)) {
      throw new IllegalArgumentException("A field is looked for with its value");
    }
  }

  /** A search by one criterion. */
  public static RecordFilter of(Criterion criterion, String text) {
    return new RecordFilter(Map.of(criterion, text), null, null, null);
  }

  /** The text for a criterion; null if there is none. */
  @Nullable String by(Criterion criterion) {
    return criteria.get(criterion);
  }
}
