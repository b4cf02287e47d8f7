package io.eventagents.orchestrator.followup;

import java.time.Instant;

/** An event that followed another: its envelope, with its cause and its source. */
public record FollowingEvent(
    String eventId,
    String eventType,
    Instant occurredAt,
    String correlationId,
    String causeId,
    String source) {}
