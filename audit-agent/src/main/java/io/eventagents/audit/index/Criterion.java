package io.eventagents.audit.index;

import org.jspecify.annotations.Nullable;

/** What records are searched by, in the order in which the search box tries them. */
public enum Criterion {
  /** The id of their chain. */
  CHAIN("correlation_id", "correlation_id"),
  /** Their own id. */
  EVENT("event_id", "event_id"),
  /** The record key. */
  ENTITY("entity", "record_key"),
  /** Their cause: a call, or an event. */
  CAUSE("causation_id", "causation_id"),
  /** Their type. */
  TYPE("event_type", "event_type"),
  /** The agent that published them. */
  SOURCE("source", "source"),
  /** Where they were published. */
  TOPIC("topic", null),
  /** A value in their data or a word of one, in upper or lower case, or the id of their trace. */
  VALUE("value", null),
  /** Words that all occur in their data or their trace. */
  TEXT("text", null),
  /**
   * The field that has {@link #VALUE}: its name, or the names that lead to it, joined by dots. It
   * is no criterion without that.
   */
  FIELD("field", null);

  private final String parameter;
  private final @Nullable String column;

  Criterion(String parameter, @Nullable String column) {
    this.parameter = parameter;
    this.column = column;
  }

  /** Its name in a query for events. */
  public String parameter() {
    return parameter;
  }

  /** The column that is compared with it; null if it is found among the terms of a record. */
  @Nullable String column() {
    return column;
  }
}
