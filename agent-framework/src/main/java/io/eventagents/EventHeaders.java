package io.eventagents;

/**
 * The names of the record headers: UTF-8 strings that repeat the envelope, so that an event of
 * another type is skipped without parsing it. Where they are present, they decide routing.
 */
public final class EventHeaders {

  /** Repeats {@code event_id}. */
  public static final String EVENT_ID = "event_id";

  /** Repeats {@code event_type}. */
  public static final String EVENT_TYPE = "event_type";

  /** Repeats {@code metadata.correlation_id}. */
  public static final String CORRELATION_ID = "correlation_id";

  /** Repeats {@code metadata.causation_id}. */
  public static final String CAUSATION_ID = "causation_id";

  /** Repeats {@code metadata.source}. */
  public static final String SOURCE = "source";

  /** The trace that the event belongs to, as in the W3C recommendation Trace Context. */
  public static final String TRACEPARENT = "traceparent";

  private EventHeaders() {}
}
