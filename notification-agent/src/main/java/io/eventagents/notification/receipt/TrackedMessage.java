package io.eventagents.notification.receipt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a provider accepted.
 *
 * @param channel {@code email}, {@code sms}, ...
 * @param messageId the id that its receipts will use: the {@code Message-ID} of a mail, or the
 *     provider's id of a text
 * @param eventId the id of its {@code notification.sent}
 * @param correlationId the chain of that event
 * @param taskId the task that it is about, which is the key of its events
 * @param recipient where it went
 * @param ownerId who got it; null if the event did not say, or in a row of an older version
 * @param sentAt when the provider accepted it
 */
public record TrackedMessage(
    String channel,
    String messageId,
    String eventId,
    String correlationId,
    String taskId,
    String recipient,
    @Nullable String ownerId,
    Instant sentAt) {}
