package io.eventagents.test;

import org.jspecify.annotations.Nullable;

/**
 * A record that a test wrote: its position, and what it says about itself.
 *
 * @param topic the topic that it was written to
 * @param partition its partition
 * @param offset its offset
 * @param eventId its event id; null if it has none
 * @param correlationId the chain that it belongs to: the one that it names, else its event id; null
 *     if it has neither
 */
public record SentRecord(
    String topic,
    int partition,
    long offset,
    @Nullable String eventId,
    @Nullable String correlationId) {}
