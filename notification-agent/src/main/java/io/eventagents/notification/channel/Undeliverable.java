package io.eventagents.notification.channel;

import org.jspecify.annotations.Nullable;

/**
 * This message can never be delivered, however often it is tried. It leads to {@code
 * notification.failed}.
 */
public final class Undeliverable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason why, for readers of the event; no secrets
   */
  public Undeliverable(String reason) {
    this(reason, null);
  }

  /**
   * @param reason why, for readers of the event; no secrets
   * @param cause the failure that showed it
   */
  public Undeliverable(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }

  /** Why it cannot be delivered. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
