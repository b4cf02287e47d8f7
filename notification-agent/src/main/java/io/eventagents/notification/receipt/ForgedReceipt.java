package io.eventagents.notification.receipt;

/** A receipt that does not prove its origin. */
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

  /** The user or password is missing or wrong. */
  static ForgedReceipt credentials(String message) {
    return new ForgedReceipt(message, true);
  }

  /** Whether the sender must log in. */
  boolean unauthenticated() {
    return unauthenticated;
  }
}
