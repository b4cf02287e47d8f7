package io.eventagents.notification.channel;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import org.jspecify.annotations.Nullable;

/**
 * A message was sent.
 *
 * @param channel such as {@code email} or {@code slack}
 * @param recipient the address, the place, or the owner's id if the channel reaches devices
 * @param providerMessageId the provider's id of the message, which its receipts name: the {@code
 *     Message-ID} of a mail, Twilio's {@code sid}, or the {@code Idempotency-Key} of a post if the
 *     answer has no id; null if there is none
 */
@EventType("notification.sent")
public record NotificationSent(
    @EntityKey String taskId,
    String channel,
    @Personal String recipient,
    @Nullable String providerMessageId)
    implements NotificationEvent {}
