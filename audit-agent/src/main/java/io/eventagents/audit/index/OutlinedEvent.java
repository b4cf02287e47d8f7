package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a chain without its content, so that thousands of them fit on a page.
 *
 * @param place its place on Kafka; null in lists of chains, which do not show it and are read
 *     faster without it
 * @param number its number in the order of indexing
 * @param eventType null if the record has no readable type
 * @param mismatching whether its headers and its body disagree; always false in lists of chains
 * @param data as JSON text; null unless its type was asked for
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

  /** The cursor of a page that ends with it. */
  public Cursor cursor() {
    return new Cursor(occurredAt, number);
  }

  /**
   * The place of a record that was not read for a list of chains.
   *
   * @throws IllegalStateException if it was
   */
  public RecordPlace knownPlace() {
    if (place == null) {
      throw new IllegalStateException("Lists of chains are read without places: " + eventId);
    }
    return place;
  }
}
