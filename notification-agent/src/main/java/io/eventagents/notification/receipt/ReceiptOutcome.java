package io.eventagents.notification.receipt;

/** What became of a receipt. */
enum ReceiptOutcome {
  /** An event was published. */
  PUBLISHED,
  /** It was published before. */
  REPEATED,
  /** No message of this id was sent, or it was forgotten. */
  UNKNOWN,
  /** It says what nobody asked for: that a mail was opened, say. */
  IGNORED,
  /** It does not prove where it comes from. */
  FORGED,
  /** It cannot be read. */
  MALFORMED,
  /** It could be read, and something broke on it each time. */
  FAILED
}
