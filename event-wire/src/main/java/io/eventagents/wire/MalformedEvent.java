package io.eventagents.wire;

/**
 * A record of a type that an agent takes, but that is no event, whose data does not fit the agent's
 * payload record, or that is beyond what the process can read and handle.
 */
public final class MalformedEvent extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason what is wrong with it, without any of its data
   */
  public MalformedEvent(String reason) {
    super(reason);
  }

  MalformedEvent(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** What is wrong with it, without any of its data. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
