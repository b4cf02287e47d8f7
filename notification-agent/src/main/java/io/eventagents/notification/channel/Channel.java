package io.eventagents.notification.channel;

import io.eventagents.notification.directory.Recipient;
import java.util.Optional;

/** A way to tell people something. Thread-safe. */
public interface Channel {

  /** The channel's name in events and settings, such as {@code email}. */
  String name();

  /**
   * Where this channel reaches the recipient. Channels that post to a place, whoever is concerned,
   * answer with the place.
   *
   * @return empty where they cannot be reached
   */
  Optional<String> addressOf(Recipient recipient);

  /**
   * Whether it matters who is told: the recipient is then looked up, and what they want is heeded.
   * By default for a channel that reaches nobody of whom only the id is known.
   */
  default boolean addressesPeople() {
    return addressOf(Recipient.unknown("")).isEmpty();
  }

  /**
   * Sends it.
   *
   * @throws Undeliverable where this message can never be delivered
   * @throws io.eventagents.DependencyUnavailable where no message gets through now: the provider is
   *     down, asks to be left alone, or does not accept the settings
   * @throws RuntimeException any other is a failure of this message alone, which is tried again
   */
  SentMessage send(OutgoingMessage message);
}
