package io.eventagents.faults;

/** How the mail server treats who connects. */
enum SmtpMode {
  /** It works. */
  FINE,
  /** Nobody listens. */
  REFUSING,
  /** It greets with 421: not now. */
  BUSY,
  /** It greets with 554: not you. */
  DENYING,
  /** It takes the connection and says nothing. */
  HANGING,
  /** It takes the mail, and the connection ends before it says so. */
  SILENT_AFTER_MAIL
}
