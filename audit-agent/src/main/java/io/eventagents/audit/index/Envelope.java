package io.eventagents.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * The envelope of an event as its body has it; null where the body lacks a field.
 *
 * @param metadata as JSON text
 * @param data as JSON text
 * @param terms what the data are found by
 */
record Envelope(
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String occurredAt,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String source,
    @Nullable String metadata,
    @Nullable String data,
    Terms terms) {

  /** Of a payload that is no event. */
  static final Envelope NONE =
      new Envelope(null, null, null, null, null, null, null, null, Terms.NONE);

  /** Without what is nested too deeply for those who would read it. */
  Envelope withoutJson() {
    return new Envelope(
        eventId, eventType, occurredAt, correlationId, causationId, source, null, null, terms);
  }
}
