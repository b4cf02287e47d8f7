package io.eventagents.notification.email;

/** The mail server would not take this mail now (4yz): it is tried again by itself. */
final class MailRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MailRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
