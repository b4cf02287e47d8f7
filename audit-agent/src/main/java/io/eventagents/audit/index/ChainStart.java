package io.eventagents.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * The record that a chain begins with, by time.
 *
 * @param correlationId the chain; null for a record that belongs to none and stands for itself
 * @param event the record
 */
public record ChainStart(@Nullable String correlationId, OutlinedEvent event) {

  /** Where a page that shows this chain last ends. */
  public Cursor cursor() {
    return new Cursor(event.occurredAt(), event.number());
  }
}
