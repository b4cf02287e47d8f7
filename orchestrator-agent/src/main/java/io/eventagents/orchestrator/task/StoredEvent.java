package io.eventagents.orchestrator.task;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An event of a task, as published.
 *
 * @param position its place among all events of tasks
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
