package io.eventagents.notification.receipt;

/** A receipt that does not prove where it comes from. */
final class ForgedReceipt extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean unauthenticated;

  private ForgedReceipt(String message, boolean unauthenticated) {
    super(message);
    this.unauthenticated = unauthenticated;
  }

  /** The signature is missing or wrong. */
  static ForgedReceipt signature(String message) {
    return new ForgedReceipt(message, false);
  }

  /** User or password are missing or wrong. */
  static ForgedReceipt credentials(String message) {
    return new ForgedReceipt(message, true);
  }

  /** Whether the sender is to name a user. */
  boolean unauthenticated() {
    return unauthenticated;
  }
}
