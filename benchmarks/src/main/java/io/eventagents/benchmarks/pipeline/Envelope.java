package io.eventagents.benchmarks.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** The envelope of an event, for the ways that have no framework for it. */
record Envelope<T>(
    @JsonProperty("event_id") String eventId,
    @JsonProperty("event_type") String eventType,
    @JsonProperty("occurred_at") Instant occurredAt,
    @JsonProperty("data") T data,
    @JsonProperty("metadata") Metadata metadata) {

  record Metadata(
      @JsonProperty("correlation_id") String correlationId,
      @JsonProperty("causation_id") String causationId,
      @JsonProperty("source") String source) {}

  record TaskCreated(
      @JsonProperty("task_id") String taskId,
      @JsonProperty("title") String title,
      @JsonProperty("owner_id") String ownerId) {}

  record NotificationSent(
      @JsonProperty("task_id") String taskId,
      @JsonProperty("channel") String channel,
      @JsonProperty("recipient") String recipient) {}
}
