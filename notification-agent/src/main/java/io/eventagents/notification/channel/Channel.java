package io.eventagents.notification.channel;

import io.eventagents.notification.directory.Recipient;
import java.util.Optional;

/** A way to tell people something. Thread-safe. */
public interface Channel {

  /** The channel's name in events and settings, such as {@code email}. */
  String name();

  /**
   * Where this channel reaches the recipient. A channel that posts to a fixed place returns that
   * place for everybody.
   *
   * @return empty if they cannot be reached
   */
  Optional<String> addressOf(Recipient recipient);

  /**
   * Whether it matters who is told. If so, the recipient is looked up and their preferences are
   * followed. The default is true for a channel that cannot reach somebody of whom only the id is
   * known.
   */
  default boolean addressesPeople() {
    return addressOf(Recipient.unknown("")).isEmpty();
  }

  /**
   * Sends it.
   *
   * @throws Undeliverable if this message can never be delivered
   * @throws io.eventagents.DependencyUnavailable if no message gets through now: the provider is
   *     down, asks for a pause, or does not accept the settings
   * @throws RuntimeException any other exception concerns this message alone, which is tried again.
   *     This one and {@code DependencyUnavailable} may suppress an {@link Undeliverable} with
   *     addresses that are {@linkplain Undeliverable#gone gone}: what was learned before the
   *     failure
   */
  SentMessage send(OutgoingMessage message);
}
