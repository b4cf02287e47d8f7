package io.eventagents.audit.verification;

/** A line that has not the form of one. */
final class MisfitLine extends Exception {

  private static final long serialVersionUID = 1L;

  private final int at;
  private final String expected;
  private final String found;

  MisfitLine(int at, String expected, String found) {
    super(expected, null, false, false);
    this.at = at;
    this.expected = expected;
    this.found = found;
  }

  /** The byte of the line. */
  int at() {
    return at;
  }

  String expected() {
    return expected;
  }

  String found() {
    return found;
  }
}
