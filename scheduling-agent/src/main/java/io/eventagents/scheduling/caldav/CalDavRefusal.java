package io.eventagents.scheduling.caldav;

/** The server will never accept this object. The message says what it answered. */
public final class CalDavRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CalDavRefusal(String message) {
    super(message);
  }
}
