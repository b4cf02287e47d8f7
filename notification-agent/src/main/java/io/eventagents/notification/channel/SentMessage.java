package io.eventagents.notification.channel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that the provider accepted.
 *
 * @param address where it went, as published
 * @param providerMessageId the id that the provider's receipts use; null if there is none
 * @param gone further addresses of the recipient that do not exist any more, each with what the
 *     provider said
 */
public record SentMessage(
    String address, @Nullable String providerMessageId, Map<String, String> gone) {

  public SentMessage {
    gone = Map.copyOf(gone);
  }

  /** A message to an address that exists. */
  public SentMessage(String address, @Nullable String providerMessageId) {
    this(address, providerMessageId, Map.of());
  }
}
