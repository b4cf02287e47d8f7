package io.eventagents.scheduling.recurrence;

/** A task cannot recur by this rule. The message says what the rule must be. */
public final class InvalidRecurrence extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidRecurrence(String message) {
    super(message);
  }
}
