package io.eventagents.notification;

import io.eventagents.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Somebody was told.
 *
 * @param channel {@code email} or {@code slack}
 * @param recipient the address or the Slack channel
 * @param providerMessageId what the provider knows the message by: the {@code Message-ID} of a
 *     mail, the {@code Idempotency-Key} of a post; null where a provider gives none, as other
 *     channels' may
 */
@EventType("notification.sent")
record NotificationSent(
    String taskId, String channel, String recipient, @Nullable String providerMessageId) {}
