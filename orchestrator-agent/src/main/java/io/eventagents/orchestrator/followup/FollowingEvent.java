package io.eventagents.orchestrator.followup;

import java.time.Instant;

/** An event that followed another: who published it, and because of what. */
public record FollowingEvent(
    String eventId,
    String eventType,
    Instant occurredAt,
    String correlationId,
    String causeId,
    String source) {}
