package io.eventagents;

/**
 * A setting, or several together, that an application must not start with. Thrown while the beans
 * are made, it ends the start, and the log shows what is wrong and what to do, without a stack
 * trace.
 *
 * <pre>{@code
 * throw new InvalidSetting(
 *     "invoices.bucket is set without invoices.region", "Set both, or neither.");
 * }</pre>
 *
 * <p>The record of a prefix checks single values as they are bound: see {@link SettingCheck}.
 */
public final class InvalidSetting extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * @param problem what is wrong, naming the setting
   * @param action what to do about it
   */
  public InvalidSetting(String problem, String action) {
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
