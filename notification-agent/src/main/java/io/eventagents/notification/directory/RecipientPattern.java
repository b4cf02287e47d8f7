package io.eventagents.notification.directory;

import io.eventagents.notification.setting.ChannelMisconfigured;
import java.util.Optional;

/**
 * Makes an owner's mail address.
 *
 * @param value such as {@code {owner_id}@company.com}; one without the placeholder is a mailbox
 *     that all share
 */
record RecipientPattern(String value) {

  private static final String OWNER = "{owner_id}";

  RecipientPattern {
    if (!MailAddress.isValid(value.replace(OWNER, "owner")) && !value.equals(OWNER)) {
      throw new ChannelMisconfigured(
          "notification.email.recipient-pattern makes no mail address: '%s'".formatted(value),
          "Write it such as '%s@company.com'.".formatted(OWNER));
    }
  }

  /** The address of an owner; empty where the owner's id makes none. */
  Optional<String> addressOf(String ownerId) {
    return Optional.of(value.replace(OWNER, ownerId)).filter(MailAddress::isValid);
  }
}
