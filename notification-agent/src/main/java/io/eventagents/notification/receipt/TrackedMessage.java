package io.eventagents.notification.receipt;

import java.time.Instant;

/**
 * A message that a provider took.
 *
 * @param channel {@code email}, {@code sms}, ...
 * @param messageId what its receipts will name it by: the {@code Message-ID} of a mail, the
 *     provider's own id of a text
 * @param eventId the id of its {@code notification.sent}
 * @param correlationId the chain of that event
 * @param taskId the task that it is about, and so the key of its events
 * @param recipient where it went
 * @param sentAt when the provider took it
 */
public record TrackedMessage(
    String channel,
    String messageId,
    String eventId,
    String correlationId,
    String taskId,
    String recipient,
    Instant sentAt) {}
