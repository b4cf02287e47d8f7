package io.eventagents.audit.proof;

/** Text that is not the note it should be; the message says what was expected. */
public final class MalformedNote extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected
   */
  public MalformedNote(String message) {
    super(message);
  }

  /**
   * @param message what was expected
   */
  public MalformedNote(String message, Throwable cause) {
    super(message, cause);
  }
}
