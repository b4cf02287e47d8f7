package io.eventagents.audit.proof;

/** No break is stated; the message says why, and what to do. */
public final class NoBreak extends Exception {

  private static final long serialVersionUID = 1L;

  NoBreak(String message) {
    super(message);
  }

  NoBreak(String message, Exception cause) {
    super(message, cause);
  }
}
