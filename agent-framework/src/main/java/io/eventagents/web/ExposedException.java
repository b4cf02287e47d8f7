package io.eventagents.web;

/** Who gets in is configured so that the application must not start. */
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
