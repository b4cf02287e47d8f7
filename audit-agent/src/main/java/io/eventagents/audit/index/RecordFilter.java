package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for; null is everything.
 *
 * @param from the earliest {@code occurred_at}
 * @param to the {@code occurred_at} before which to stop
 * @param unreadable only the records without, or only those with a readable event type
 */
public record RecordFilter(
    @Nullable String eventType,
    @Nullable String source,
    @Nullable String correlationId,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Boolean unreadable) {}
