package io.eventagents.audit.secondverifier;

/** Says that bytes do not have the form that the page gives them: what was expected, and where. */
final class FormException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int at;

  FormException(String expected, int at) {
    super(expected, null, false, false);
    this.at = at;
  }

  String expected() {
    return getMessage();
  }

  /** The byte, counted from the beginning of what was read. */
  int at() {
    return at;
  }
}
