package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * As much of a record as it takes to put its chain in order.
 *
 * @param number of the record in the index
 */
record ChainLink(
    long number, Instant occurredAt, @Nullable String eventId, @Nullable String causationId)
    implements CausalOrder.Caused {}
