package io.eventagents.notification.channel;

import io.eventagents.notification.directory.Recipient;

/** Whether and where a recipient is told on a channel. */
public sealed interface Reach {

  /**
   * They are told.
   *
   * @param recipient who
   * @param address where
   * @param personal whether the address is theirs alone, so that their preferences count; a team's
   *     channel is not
   */
  record Somebody(Recipient recipient, String address, boolean personal) implements Reach {}

  /** They are not told, and nobody expects it. */
  record Nobody() implements Reach {}

  /**
   * They should be told, but cannot be.
   *
   * @param recipient the owner's id
   * @param reason why
   */
  record Impossible(String recipient, String reason) implements Reach {}
}
