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
  record Events(Kind kind, RecordFilter filter) implements Finding {}

  /** What events have in common. */
  enum Kind {
    /** Their cause: a call, or an event that is not logged. */
    CAUSE("causation_id"),
    /** Their type. */
    TYPE("event_type"),
    /** The agent that published them. */
    SOURCE("source"),
    /** Where they were published. */
    TOPIC("topic"),
    /** A value within their data, or the id of their trace. */
    VALUE("value"),
    /** Words within their data. */
    TEXT("text");

    private final String parameter;

    Kind(String parameter) {
      this.parameter = parameter;
    }

    /** What it is called in a query of events. */
    public String parameter() {
      return parameter;
    }
  }

  /** Nothing. */
  record Nothing(String term) implements Finding {}
}
