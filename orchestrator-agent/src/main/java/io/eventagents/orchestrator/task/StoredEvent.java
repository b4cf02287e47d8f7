package io.eventagents.orchestrator.task;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An event of a task, as it was published.
 *
 * @param position where it is among all
 */
public record StoredEvent(
    long position,
    String eventId,
    String eventType,
    Instant occurredAt,
    String correlationId,
    String causationId,
    String source,
    JsonNode data) {}
