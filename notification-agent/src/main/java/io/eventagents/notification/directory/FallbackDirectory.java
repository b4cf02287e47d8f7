package io.eventagents.notification.directory;

import java.util.Optional;

/** Whom the first does not know, the second may. */
record FallbackDirectory(RecipientDirectory first, RecipientDirectory second)
    implements RecipientDirectory {

  @Override
  public Optional<Recipient> find(String ownerId) {
    return first.find(ownerId).or(() -> second.find(ownerId));
  }
}
