package io.eventagents.notification.receipt;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import io.eventagents.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail bounced.
 *
 * @param messageId the mail's {@code Message-ID}
 * @param reason what the recipient's mail server or the provider said
 * @param permanent whether the next mail to this address would bounce too
 * @param bouncedAt when, if the receipt says so
 */
@EventType("email.bounced")
record EmailBounced(
    @EntityKey String taskId,
    @Personal String recipient,
    String messageId,
    String reason,
    boolean permanent,
    @Nullable Instant bouncedAt)
    implements ReceiptEvent {}
