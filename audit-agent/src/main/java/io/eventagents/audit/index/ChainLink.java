package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * As much of a record as it takes to put its chain in order and to sum it up.
 *
 * @param number of the record in the index
 * @param key of the record: the entity
 */
record ChainLink(
    long number,
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String source,
    @Nullable String causationId,
    @Nullable String key,
    Instant occurredAt)
    implements CausalOrder.Caused {}
