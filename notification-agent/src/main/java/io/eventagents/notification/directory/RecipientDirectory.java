package io.eventagents.notification.directory;

import java.util.Optional;

/** Looks up owners. Thread-safe. */
public interface RecipientDirectory {

  /**
   * The recipient of an owner's messages.
   *
   * @param ownerId as in events; other programs write it, so it may be any text
   * @return empty if there is no such owner
   */
  Optional<Recipient> find(String ownerId);
}
