package io.eventagents.audit.index;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain in a list.
 *
 * @param root the first event that no other of the chain caused
 * @param latest the event that happened last
 * @param sources the agents involved, in the order in which they first appear
 * @param events how many different events; where {@code truncated}, how many records
 * @param firstAt the first {@code occurred_at}
 * @param lastAt the last {@code occurred_at}
 * @param failures what failed and is not settled: {@code delivery.failed} that was neither replayed
 *     nor discarded, and events whose type ends in {@code .failed}, {@code .refused} or {@code
 *     .rejected}
 * @param missingParents ids of events that are named as causes and not logged, or not yet
 * @param truncated whether the chain has more records than were looked at for sources, failures and
 *     missing parents
 * @param cursor of the chain in the list, for the page after it
 */
public record ChainSummary(
    String correlationId,
    Link root,
    Link latest,
    List<String> sources,
    long events,
    Instant firstAt,
    Instant lastAt,
    List<Link> failures,
    List<String> missingParents,
    boolean truncated,
    Cursor cursor) {

  /**
   * An event, as much as a list shows of it.
   *
   * @param entity the key of its record
   */
  public record Link(
      @Nullable String eventId,
      @Nullable String eventType,
      @Nullable String source,
      @Nullable String entity,
      Instant occurredAt) {

    static Link of(ChainLink link) {
      return new Link(
          link.eventId(), link.eventType(), link.source(), link.key(), link.occurredAt());
    }
  }
}
