package io.eventagents.notification.directory;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everybody has the mail address that the pattern makes of their id, and nothing else. */
final class PatternDirectory implements RecipientDirectory {

  private final RecipientPattern pattern;

  PatternDirectory(RecipientPattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public Optional<Recipient> find(String ownerId) {
    return pattern
        .addressOf(ownerId)
        .map(
            email ->
                new Recipient(ownerId, email, null, null, List.of(), List.of(), Locale.ENGLISH));
  }
}
