package io.eventagents.notification.email;

/** The mail server refused this mail for now (4yz). Only this mail is tried again. */
final class MailRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MailRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
