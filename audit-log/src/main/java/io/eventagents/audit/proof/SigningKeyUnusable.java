package io.eventagents.audit.proof;

/** Thrown at the start when checkpoints could not be signed. */
public final class SigningKeyUnusable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  SigningKeyUnusable(String message, String action) {
    super(message);
    this.action = action;
  }

  SigningKeyUnusable(String message, String action, Exception cause) {
    super(message, cause);
    this.action = action;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
