package io.eventagents.recurrence;

/** The text is no rule that a task can recur by. */
public final class InvalidRecurrence extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  InvalidRecurrence(String reason) {
    super(reason);
    this.reason = reason;
  }

  /**
   * What to write instead, to be read after the name of the rule's field: {@code must have at most
   * 500 characters}.
   */
  public String reason() {
    return reason;
  }
}
