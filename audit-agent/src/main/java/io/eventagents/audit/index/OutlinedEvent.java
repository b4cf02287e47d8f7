package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a chain without its content, so that thousands of them fit a page.
 *
 * @param place where it stands; null in lists of chains, which show none of it and are read sooner
 *     without
 * @param number in the order of indexing
 * @param eventType null where the record has no readable type
 * @param mismatching whether its headers and its body disagree; false in lists of chains
 * @param data as JSON text, of the types that were asked for only
 */
public record OutlinedEvent(
    @Nullable RecordPlace place,
    long number,
    @Nullable String key,
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String source,
    @Nullable String correlationId,
    @Nullable String causationId,
    Instant occurredAt,
    boolean mismatching,
    @Nullable String data)
    implements CausalOrder.Caused {

  /** Where a page ends that shows it last. */
  public Cursor cursor() {
    return new Cursor(occurredAt, number);
  }

  /**
   * Where it stands, of one that was not read for a list of chains.
   *
   * @throws IllegalStateException where it was
   */
  public RecordPlace knownPlace() {
    if (place == null) {
      throw new IllegalStateException("Lists of chains are read without places: " + eventId);
    }
    return place;
  }
}
