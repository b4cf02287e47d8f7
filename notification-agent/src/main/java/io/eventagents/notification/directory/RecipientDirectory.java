package io.eventagents.notification.directory;

import java.util.Optional;

/** Knows who an owner is. Thread-safe. */
public interface RecipientDirectory {

  /**
   * The recipient of an owner's messages.
   *
   * @param ownerId as events have it; written by other programs, so anything
   * @return empty where there is no such owner
   */
  Optional<Recipient> find(String ownerId);
}
