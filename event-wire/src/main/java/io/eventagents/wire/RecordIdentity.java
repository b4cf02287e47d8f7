package io.eventagents.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a record says of itself, as far as it can be read.
 *
 * @param eventId its event id
 * @param correlationId the chain it belongs to; that of its event id where it names none
 */
public record RecordIdentity(@Nullable String eventId, @Nullable String correlationId) {}
