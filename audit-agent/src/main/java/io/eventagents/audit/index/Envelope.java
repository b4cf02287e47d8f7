package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of an event as its body has it; null where the body lacks a field.
 *
 * @param occurredAt null where it cannot be read either
 * @param unreadableTime what stands there as a time and is none
 * @param metadata as JSON text
 * @param data as JSON text
 * @param terms what the data are found by
 */
record Envelope(
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable Instant occurredAt,
    @Nullable String unreadableTime,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String source,
    @Nullable String metadata,
    @Nullable String data,
    Terms terms) {

  /** Of a payload that is no event. */
  static final Envelope NONE =
      new Envelope(null, null, null, null, null, null, null, null, null, Terms.NONE);

  /** Without what is nested too deeply for those who would read it. */
  Envelope withoutJson() {
    return without(terms);
  }

  /** What is left of one that breaks off: whose it is. */
  Envelope withoutData() {
    return without(Terms.NONE);
  }

  private Envelope without(Terms left) {
    return new Envelope(
        eventId,
        eventType,
        occurredAt,
        unreadableTime,
        correlationId,
        causationId,
        source,
        null,
        null,
        left);
  }
}
