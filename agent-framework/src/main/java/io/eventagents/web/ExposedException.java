package io.eventagents.web;

/** The application must not start, because the settings would let in everybody. */
final class ExposedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  ExposedException(String description, String action) {
    super(description);
    this.action = action;
  }

  /** What to do about it. */
  String action() {
    return action;
  }
}
