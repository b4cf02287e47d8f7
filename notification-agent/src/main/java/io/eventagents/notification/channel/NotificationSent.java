package io.eventagents.notification.channel;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import org.jspecify.annotations.Nullable;

/**
 * Somebody was told.
 *
 * @param channel such as {@code email} or {@code slack}
 * @param recipient the address, the place, or the owner's id where devices are reached
 * @param providerMessageId what the provider knows the message by, and so its receipts: the {@code
 *     Message-ID} of a mail, Twilio's {@code sid}, the {@code Idempotency-Key} of a post whose
 *     answer has none; null where there is nothing
 */
@EventType("notification.sent")
public record NotificationSent(
    @EntityKey String taskId,
    String channel,
    @Personal String recipient,
    @Nullable String providerMessageId)
    implements NotificationEvent {}
