package io.eventagents.notification.webhook;

import io.eventagents.notification.channel.OutgoingMessage;
import java.time.Instant;

/**
 * The body of a post, with type, time and data as the specification recommends.
 *
 * @param type the event's type
 * @param timestamp when it happened
 */
record WebhookBody(String type, Instant timestamp, Data data) {

  /**
   * The event and its wording.
   *
   * @param event the event's data
   */
  record Data(
      String eventId,
      String correlationId,
      String recipient,
      String subject,
      String text,
      Object event) {}

  static WebhookBody of(OutgoingMessage message) {
    return new WebhookBody(
        message.cause().eventType(),
        message.cause().occurredAt(),
        new Data(
            message.cause().eventId(),
            message.cause().metadata().correlationId(),
            message.recipient().id(),
            message.content().subject(),
            message.content().text(),
            message.cause().data()));
  }
}
