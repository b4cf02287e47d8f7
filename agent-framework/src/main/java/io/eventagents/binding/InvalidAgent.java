package io.eventagents.binding;

/**
 * An agent that cannot be started as it is declared. It ends the start, and says what is wrong and
 * what to do.
 */
public final class InvalidAgent extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * @param problem what is wrong, naming the bean or the setting
   * @param action what to do about it
   */
  public InvalidAgent(String problem, String action) {
    super(problem);
    this.action = action;
  }

  /** What is wrong. */
  public String problem() {
    return String.valueOf(getMessage());
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
