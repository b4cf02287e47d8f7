package io.eventagents.audit.index;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to look for; without anything, all there is. All that is given has to hold.
 *
 * @param criteria what is looked for by each; a field only with its value
 * @param from the earliest {@code occurred_at}; null for any
 * @param to the {@code occurred_at} before which to stop; null for none
 * @param unreadable only the records without, or only those with a readable event type; null for
 *     both
 */
public record RecordFilter(
    Map<Criterion, String> criteria,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Boolean unreadable) {

  /**
   * @throws IllegalArgumentException where there is a field without a value
   */
  public RecordFilter {
    criteria = Map.copyOf(criteria);
    if (criteria.containsKey(Criterion.FIELD) && !criteria.containsKey(Criterion.VALUE)) {
      throw new IllegalArgumentException("A field is looked for with its value");
    }
  }

  /** By one criterion. */
  public static RecordFilter of(Criterion criterion, String text) {
    return new RecordFilter(Map.of(criterion, text), null, null, null);
  }

  /** What is looked for by the criterion; null if nothing is. */
  @Nullable String by(Criterion criterion) {
    return criteria.get(criterion);
  }
}
