package io.eventagents.faults;

/** The ways in which the mail server treats clients. */
enum SmtpMode {
  /** It works. */
  FINE,
  /** Nobody listens. */
  REFUSING,
  /** It greets with 421: try again later. */
  BUSY,
  /** It greets with 554: this client is not welcome. */
  DENYING,
  /** It accepts the connection and says nothing. */
  HANGING,
  /** It accepts the mail, but the connection ends before it can say so. */
  SILENT_AFTER_MAIL
}
