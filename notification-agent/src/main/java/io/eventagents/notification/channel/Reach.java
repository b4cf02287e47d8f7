package io.eventagents.notification.channel;

import io.eventagents.notification.directory.Recipient;

/** Whether and where somebody is told on a channel. */
public sealed interface Reach {

  /**
   * They are.
   *
   * @param recipient who
   * @param address where
   * @param personal whether it is them alone, whose preferences count; a team's channel is not
   */
  record Somebody(Recipient recipient, String address, boolean personal) implements Reach {}

  /** They are not, and nobody expects it. */
  record Nobody() implements Reach {}

  /**
   * They should be and cannot.
   *
   * @param recipient the owner's id
   * @param reason why
   */
  record Impossible(String recipient, String reason) implements Reach {}
}
