package io.eventagents.audit.secondverifier;

/** Says that there is no verdict: section "Verifying", exit code 2. */
final class CannotTellException extends Exception {

  private static final long serialVersionUID = 1L;

  CannotTellException(String reason) {
    super(reason);
  }
}
