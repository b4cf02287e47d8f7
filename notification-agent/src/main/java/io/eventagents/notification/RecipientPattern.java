package io.eventagents.notification;

import io.eventagents.RejectedEvent;
import java.util.regex.Pattern;

/**
 * Makes an owner's mail address.
 *
 * @param value such as {@code {owner_id}@company.com}; one without the placeholder is a mailbox
 *     that all share
 */
record RecipientPattern(String value) {

  private static final String OWNER = "{owner_id}";
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";

  /** An addr-spec without quoting and comments (RFC 5322, section 3.4.1): what servers accept. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?=.{3,254}$)(?=.{1,64}@)%s(?:\\.%s)*@%s(?:\\.%s)*".formatted(ATOM, ATOM, LABEL, LABEL));

  RecipientPattern {
    if (!isAddress(value.replace(OWNER, "owner")) && !value.equals(OWNER)) {
      throw new ChannelMisconfigured(
          "notification.email.recipient-pattern makes no mail address: '%s'".formatted(value),
          "Write it such as '%s@company.com'.".formatted(OWNER));
    }
  }

  /**
   * The address of an owner.
   *
   * @throws RejectedEvent where the owner's id makes none
   */
  String addressOf(String ownerId) {
    String address = value.replace(OWNER, ownerId);
    if (!isAddress(address)) {
      throw new RejectedEvent(
          "owner_id '%s' makes no mail address with the pattern '%s'"
              .formatted(OneLine.of(ownerId, 100), value));
    }
    return address;
  }

  private static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }
}
