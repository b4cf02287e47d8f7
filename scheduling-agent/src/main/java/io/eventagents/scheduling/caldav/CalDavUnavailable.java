package io.eventagents.scheduling.caldav;

/** The server does not take anything just now, or not with these settings; the message says why. */
public final class CalDavUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CalDavUnavailable(String message) {
    super(message);
  }

  CalDavUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the server answered, so that what is refused may be one owner's calendar alone. */
  public boolean isAnswered() {
    return getCause() == null;
  }
}
