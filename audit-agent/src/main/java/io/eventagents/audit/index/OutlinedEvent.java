package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of a chain without its content, so that thousands of them fit a page.
 *
 * @param number in the order of indexing
 * @param eventType null where the record has no readable type
 * @param mismatching whether its headers and its body disagree
 * @param data as JSON text, of the types that were asked for only
 */
public record OutlinedEvent(
    String topicId,
    String topic,
    int partition,
    long offset,
    long number,
    Instant loggedAt,
    @Nullable String key,
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String source,
    @Nullable String correlationId,
    @Nullable String causationId,
    Instant occurredAt,
    boolean mismatching,
    @Nullable String data)
    implements CausalOrder.Caused {}
