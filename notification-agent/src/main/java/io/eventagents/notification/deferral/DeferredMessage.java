package io.eventagents.notification.deferral;

import io.eventagents.notification.channel.Deferral;
import org.jspecify.annotations.Nullable;

/**
 * A message that is sent later.
 *
 * @param message the message and when to send it
 * @param batch the id of the message whose timer sends this one; null until there is one
 * @param attempts how often sending it failed
 */
record DeferredMessage(Deferral.Later message, @Nullable String batch, int attempts) {

  String id() {
    return message.id();
  }
}
