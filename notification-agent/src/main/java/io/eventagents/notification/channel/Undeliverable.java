package io.eventagents.notification.channel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * This message can never be delivered, however often it is tried. It leads to {@code
 * notification.failed}.
 */
public final class Undeliverable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> gone;

  /**
   * @param reason why, for readers of the event; no secrets
   */
  public Undeliverable(String reason) {
    this(reason, null, Map.of());
  }

  /**
   * @param reason why, for readers of the event; no secrets
   * @param cause the failure that showed it
   */
  public Undeliverable(String reason, @Nullable Throwable cause) {
    this(reason, cause, Map.of());
  }

  /**
   * @param reason why, for readers of the event; no secrets
   * @param cause the failure that showed it
   * @param gone the addresses that do not exist any more, each with what the provider said
   */
  public Undeliverable(String reason, @Nullable Throwable cause, Map<String, String> gone) {
    super(reason, cause);
    this.gone = Map.copyOf(gone);
  }

  /**
   * The only address of the message does not exist any more.
   *
   * @param address the address, as {@link Channel#addressOf} returned it
   * @param reason why, for readers of the event; no secrets
   */
  public static Undeliverable gone(String address, String reason) {
    return new Undeliverable(reason, null, Map.of(address, reason));
  }

  /** The addresses that do not exist any more, each with what the provider said. */
  public Map<String, String> gone() {
    return gone;
  }

  /** Why it cannot be delivered. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
