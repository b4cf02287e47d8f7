package io.eventagents.notification.channel;

import org.jspecify.annotations.Nullable;

/**
 * A message that the provider took.
 *
 * @param address where it went, as it is published
 * @param providerMessageId what the provider's receipts name it by; null where it has none
 */
public record SentMessage(String address, @Nullable String providerMessageId) {}
