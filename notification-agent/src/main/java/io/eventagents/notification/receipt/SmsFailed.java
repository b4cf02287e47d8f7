package io.eventagents.notification.receipt;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A text was not delivered.
 *
 * @param messageId the provider's id of the text
 * @param reason the provider's code of the failure
 * @param failedAt when, if the receipt says so
 */
@EventType("sms.failed")
record SmsFailed(
    @EntityKey String taskId,
    @Personal String recipient,
    String messageId,
    String reason,
    @Nullable Instant failedAt)
    implements ReceiptEvent {}
