package io.eventagents.audit.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of an event as its body has it; null if the body lacks a field.
 *
 * @param occurredAt null if it cannot be read either
 * @param unreadableTime what stands there as a time and is none
 * @param metadata as JSON text
 * @param data as JSON text
 */
public record Envelope(
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable Instant occurredAt,
    @Nullable String unreadableTime,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String source,
    @Nullable String metadata,
    @Nullable String data) {

  /** Of a payload that is no event. */
  static final Envelope NONE = new Envelope(null, null, null, null, null, null, null, null, null);
}
