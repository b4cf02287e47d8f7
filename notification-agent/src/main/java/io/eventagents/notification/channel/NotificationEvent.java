package io.eventagents.notification.channel;

/** What became of a message. */
public sealed interface NotificationEvent permits NotificationSent, NotificationFailed {

  /** The channel's name. */
  String channel();
}
