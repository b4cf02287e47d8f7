package io.eventagents.notification.receipt;

import org.jspecify.annotations.Nullable;

/** A receipt that cannot be read. */
final class MalformedReceipt extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected
   */
  MalformedReceipt(String message) {
    this(message, null);
  }

  /**
   * @param message what was expected
   * @param cause the failure that showed it
   */
  MalformedReceipt(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
