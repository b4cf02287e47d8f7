package io.eventagents.notification.channel;

import io.eventagents.Event;
import io.eventagents.notification.trigger.Trigger;
import java.time.Instant;

/** Stores messages for later, and sends them then. Thread-safe. */
public interface Deferral {

  /**
   * Stores a message durably. Storing it again changes nothing.
   *
   * @param message what to send, and when
   */
  void keep(Later message);

  /** Whether a message was stored, sent already or not. */
  default boolean has(String id) {
    return false;
  }

  /**
   * A message for later.
   *
   * @param id the id of the {@code notification.sent} that will follow, and its idempotency key
   * @param channel the channel's name
   * @param ownerId the recipient
   * @param event what the message is about
   * @param at when it is sent
   * @param collected whether it goes into a digest with other messages for the owner
   */
  record Later(
      String id,
      String channel,
      String ownerId,
      Event<? extends Trigger> event,
      Instant at,
      boolean collected) {}
}
