package io.eventagents.scheduling.caldav;

/** The server does not take anything just now, or not with these settings; the message says why. */
public final class CalDavUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean isOfTheLogin;

  CalDavUnavailable(String message) {
    this(message, false);
  }

  CalDavUnavailable(String message, boolean isOfTheLogin) {
    super(message);
    this.isOfTheLogin = isOfTheLogin;
  }

  CalDavUnavailable(String message, Throwable cause) {
    super(message, cause);
    this.isOfTheLogin = false;
  }

  /** Whether the server answered, so that what is refused may be one owner's calendar alone. */
  public boolean isAnswered() {
    return getCause() == null;
  }

  /** Whether nobody was let in, so that all that one login is to push is refused alike. */
  public boolean isOfTheLogin() {
    return isOfTheLogin;
  }
}
