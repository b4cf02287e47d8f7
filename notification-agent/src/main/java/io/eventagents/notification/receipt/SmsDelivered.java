package io.eventagents.notification.receipt;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A text reached the recipient's carrier or phone.
 *
 * @param messageId the provider's id of the text
 * @param deliveredAt when, if the receipt says so
 */
@EventType("sms.delivered")
record SmsDelivered(
    @EntityKey String taskId,
    @Personal String recipient,
    String messageId,
    @Nullable Instant deliveredAt)
    implements ReceiptEvent {}
