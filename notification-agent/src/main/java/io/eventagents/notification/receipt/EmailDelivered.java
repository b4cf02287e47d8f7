package io.eventagents.notification.receipt;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The recipient's mail server accepted a mail.
 *
 * @param messageId the mail's {@code Message-ID}
 * @param deliveredAt when, if the receipt says so
 */
@EventType("email.delivered")
record EmailDelivered(
    @EntityKey String taskId,
    @Personal String recipient,
    String messageId,
    @Nullable Instant deliveredAt)
    implements ReceiptEvent {}
