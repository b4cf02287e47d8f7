package io.eventagents.notification.directory;

import io.eventagents.InvalidSetting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A directory in which everybody has only the mail address that a pattern makes from their id.
 *
 * @param pattern such as {@code {owner_id}@company.com}; one without the placeholder is a mailbox
 *     that all share
 */
record PatternDirectory(String pattern) implements RecipientDirectory {

  private static final String OWNER = "{owner_id}";

  PatternDirectory {
    if (!MailAddress.isValid(pattern.replace(OWNER, "owner")) && !pattern.equals(OWNER)) {
      throw new InvalidSetting(
          "notification.email.recipient-pattern does not make a mail address: '%s'"
              .formatted(pattern),
          "Use a pattern such as '%s@company.com'.".formatted(OWNER));
    }
  }

  @Override
  public Optional<Recipient> find(String ownerId) {
    return Optional.of(pattern.replace(OWNER, ownerId))
        .filter(MailAddress::isValid)
        .map(
            email ->
                new Recipient(ownerId, email, null, null, List.of(), List.of(), Locale.ENGLISH));
  }
}
