package io.eventagents.wire;

/**
 * A payload that is declared so that no event can carry it. Ends the start, with what is wrong and
 * what to do.
 */
public final class InvalidPayload extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String action;

  /**
   * @param problem what is wrong, naming the record; a sentence
   * @param action what to do about it; a sentence
   */
  public InvalidPayload(String problem, String action) {
    super(problem + " " + action);
    this.problem = problem;
    this.action = action;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
