package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record that the order of its chain depends on.
 *
 * @param number the number of the record in the index
 */
record ChainLink(
    long number, Instant occurredAt, @Nullable String eventId, @Nullable String causationId)
    implements CausalOrder.Caused {}
