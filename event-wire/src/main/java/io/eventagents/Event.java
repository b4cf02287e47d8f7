package io.eventagents;

import java.time.Instant;
import java.util.Objects;

/**
 * A fact that happened: what an agent receives.
 *
 * <pre>{@code
 * @Bean
 * Function<Event<TaskCreated>, NotificationSent> notificationSms(SmsGateway gateway) {
 *   return event -> gateway.send(event.data().title(), event.eventId());
 * }
 * }</pre>
 *
 * <p>An agent never makes one: it returns payloads, and the framework stamps them. Immutable, and
 * thread-safe where its payload is.
 *
 * @param eventId the id of this event, the same whenever it is delivered again; a key for
 *     idempotent calls to others
 * @param eventType {@code domain.action} in the past tense, such as {@code task.created}
 * @param occurredAt when it happened, by the clock of its source; the record's timestamp where the
 *     producer gave none
 * @param data the payload, as this agent's own view of it
 * @param metadata the chain it belongs to
 * @param <T> the payload record, or the sealed interface of several
 */
public record Event<T>(
    String eventId, String eventType, Instant occurredAt, T data, EventMetadata metadata) {

  /**
   * @throws NullPointerException if a component is null
   */
  public Event {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(metadata, "metadata");
  }
}
