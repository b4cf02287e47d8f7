package io.eventagents.audit.proof;

import org.jspecify.annotations.Nullable;

/** Thrown at the start when checkpoints could not be signed. */
public final class SigningKeyUnusable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  SigningKeyUnusable(String message, String action, @Nullable Exception cause) {
    super(message, cause);
    this.action = action;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
