package io.eventagents.recurrence;

/** The text is no rule that a task can recur by. The message says what to write instead. */
public final class InvalidRecurrence extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidRecurrence(String message) {
    super(message);
  }
}
