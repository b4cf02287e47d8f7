package io.eventagents.deadletter;

import io.eventagents.EventType;
import org.jspecify.annotations.Nullable;

/**
 * An agent gave up an event. It joins the chain of that event.
 *
 * @param agent the agent
 * @param eventId the event; null if the record had no readable id
 * @param eventType its type
 * @param reason why, in words
 * @param attempts how often it was tried
 * @param topic where the record was read from
 * @param partition its partition
 * @param offset its offset
 * @param deadLetterTopic where it is now
 */
@EventType("delivery.failed")
public record DeliveryFailed(
    String agent,
    @Nullable String eventId,
    String eventType,
    String reason,
    int attempts,
    String topic,
    int partition,
    long offset,
    String deadLetterTopic) {}
