package io.eventagents.scheduling.caldav;

/** The server accepts nothing now, or nothing with these settings. The message says why. */
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

  /** Whether the server answered; then only one owner's calendar may be refused. */
  public boolean isAnswered() {
    return getCause() == null;
  }

  /** Whether the server refused the login; then it refuses everything that uses it. */
  public boolean isOfTheLogin() {
    return isOfTheLogin;
  }
}
