package io.eventagents.audit.log;

import org.jspecify.annotations.Nullable;

/** A line that is not one of the log, or has not the one form that a line has. */
public final class MalformedLine extends Exception {

  private static final long serialVersionUID = 1L;

  private final int at;
  private final String expected;
  private final String found;

  /** What was expected at a byte of the line; without a trace, since a log may have many. */
  public MalformedLine(int at, String expected, String found) {
    super("expected " + expected, null, false, false);
    this.at = at;
    this.expected = expected;
    this.found = found;
  }

  MalformedLine(String expected, @Nullable Throwable cause) {
    super("expected " + expected, cause);
    this.at = 0;
    this.expected = expected;
    this.found = "another line";
  }

  /** The byte of the line. */
  public int at() {
    return at;
  }

  /** What was expected there. */
  public String expected() {
    return expected;
  }

  /** What stands there instead. */
  public String found() {
    return found;
  }
}
