package io.eventagents.notification.channel;

import io.eventagents.Event;
import io.eventagents.notification.trigger.Trigger;
import java.time.Instant;

/** Keeps messages for later, and sends them then. Thread-safe. */
public interface Deferral {

  /**
   * Keeps a message, durably. The same again changes nothing.
   *
   * @param message what to send, and when
   */
  void keep(Later message);

  /** Whether a message was kept, and is sent from there, or was. */
  default boolean has(String id) {
    return false;
  }

  /**
   * A message for later.
   *
   * @param id the id of the {@code notification.sent} that will follow, and the key of its sending
   * @param channel the channel's name
   * @param ownerId who is told
   * @param event what they are told of
   * @param at when
   * @param collected whether it goes with others of the owner in one message
   */
  record Later(
      String id,
      String channel,
      String ownerId,
      Event<? extends Trigger> event,
      Instant at,
      boolean collected) {}
}
