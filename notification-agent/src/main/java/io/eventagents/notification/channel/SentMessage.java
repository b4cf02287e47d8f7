package io.eventagents.notification.channel;

import org.jspecify.annotations.Nullable;

/**
 * A message that the provider accepted.
 *
 * @param address where it went, as published
 * @param providerMessageId the id that the provider's receipts use; null if there is none
 */
public record SentMessage(String address, @Nullable String providerMessageId) {}
