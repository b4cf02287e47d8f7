package io.eventagents.notification.receipt;

/** The id of the message in a receipt of a provider or in a report. */
final class MessageId {

  /** The length of a line (RFC 5322, section 2.1.1), on which a Message-ID must fit. */
  private static final int LONGEST = 998;

  private MessageId() {}

  /**
   * The id without the white space around it.
   *
   * @throws MalformedReceipt if no message can have it: it is empty, longer than a line or has
   *     control characters
   */
  static String of(String text) throws MalformedReceipt {
    String id = text.strip();
    if (id.isEmpty()
        || id.length() > LONGEST
        || id.codePoints().anyMatch(Character::isISOControl)) {
      throw new MalformedReceipt(
          "The id of the message must have 1 to %d characters, none of them a control character"
              .formatted(LONGEST));
    }
    return id;
  }
}
