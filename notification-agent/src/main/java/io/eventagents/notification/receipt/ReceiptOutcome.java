package io.eventagents.notification.receipt;

/** The outcome of a receipt. */
enum ReceiptOutcome {
  /** An event was published. */
  PUBLISHED,
  /** Its event was published before. */
  REPEATED,
  /** No message with this id was sent, or it was forgotten. */
  UNKNOWN,
  /** It is of no interest, for example that a mail was opened. */
  IGNORED,
  /** It does not prove its origin. */
  FORGED,
  /** It cannot be read. */
  MALFORMED,
  /** It could be read, but processing it failed. */
  FAILED
}
