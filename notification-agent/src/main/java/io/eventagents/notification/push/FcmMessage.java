package io.eventagents.notification.push;

import io.eventagents.notification.channel.OutgoingMessage;
import java.util.Map;

/**
 * A message of FCM's HTTP v1 API. Devices replace notifications with the same key, so that a
 * repeated push is shown once.
 */
final class FcmMessage {

  private FcmMessage() {}

  static Map<String, Object> to(String token, OutgoingMessage message) {
    return Map.of(
        "message",
        Map.of(
            "token",
            token,
            "notification",
            Map.of("title", message.content().subject(), "body", message.content().text()),
            "data",
            Map.of(
                "notification_id", message.idempotencyKey(),
                "event_id", message.cause().eventId(),
                "event_type", message.cause().eventType()),
            "android",
            Map.of(
                "collapse_key",
                message.idempotencyKey(),
                "notification",
                Map.of("tag", message.idempotencyKey())),
            "apns",
            Map.of("headers", Map.of("apns-collapse-id", message.idempotencyKey()))));
  }
}
