package io.eventagents;

import org.jspecify.annotations.Nullable;

/**
 * An agent throws this for an event that it can never handle, however often it tries. The event
 * goes to the agent's dead letters at once, with the reason, and {@code delivery.failed} joins its
 * chain.
 *
 * <pre>{@code
 * throw new RejectedEvent("owner_id 'a b' makes no mail address");
 * }</pre>
 */
public final class RejectedEvent extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason why, for the person who looks into the dead letter
   */
  public RejectedEvent(String reason) {
    this(reason, null);
  }

  /**
   * @param reason why, for the person who looks into the dead letter
   * @param cause what it was found by
   */
  public RejectedEvent(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }

  /** Why the event can never be handled. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
