package io.eventagents.notification.deferral;

import io.eventagents.notification.channel.Deferral;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits.
 *
 * @param message what to send, and when
 * @param batch the id of the message whose timer sends this one; null as long as none does
 * @param attempts how often sending it failed
 */
record DeferredMessage(Deferral.Later message, @Nullable String batch, int attempts) {

  String id() {
    return message.id();
  }
}
