package io.eventagents;

/**
 * A version of an application does not work with its tables, or with another version that may still
 * run. It ends the start before anything is changed, and says what is wrong and what to do.
 */
public final class IncompatibleSchema extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String action;

  /**
   * @param problem which schema and versions do not work together
   * @param action what to do about it
   */
  IncompatibleSchema(String problem, String action) {
    super(problem + " " + action);
    this.problem = problem;
    this.action = action;
  }

  /** Which schema and versions do not work together. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
