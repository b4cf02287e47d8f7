package io.eventagents.deadletter;

import io.eventagents.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent handled an event that it had given up, because somebody sent it again. It joins the
 * chain of that event, caused by its {@code delivery.failed}.
 *
 * @param agent the agent
 * @param eventId the event; null if the record had no readable id
 * @param eventType its type
 * @param requestedBy who sent it again
 * @param why in words; null if nobody said
 * @param requestedAt when
 * @param topic where the event that failed was read
 * @param partition its partition
 * @param offset its offset
 */
@EventType("delivery.replayed")
public record DeliveryReplayed(
    String agent,
    @Nullable String eventId,
    String eventType,
    String requestedBy,
    @Nullable String why,
    Instant requestedAt,
    String topic,
    int partition,
    long offset) {}
