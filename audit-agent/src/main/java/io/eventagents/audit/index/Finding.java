package io.eventagents.audit.index;

import org.jspecify.annotations.Nullable;

/** What a term of the search box turned out to be. */
public sealed interface Finding {

  /** The id of a chain. */
  record Chain(String correlationId) implements Finding {}

  /**
   * The id of an event.
   *
   * @param correlationId its chain; null where it names none
   */
  record Event(String eventId, @Nullable String correlationId) implements Finding {}

  /** The key of records: an entity. */
  record Entity(String key) implements Finding {}

  /**
   * Something else that several events have.
   *
   * @param kind what that is
   * @param filter finds them
   */
  record Events(Criterion kind, RecordFilter filter) implements Finding {}

  /** Nothing. */
  record Nothing(String term) implements Finding {}
}
