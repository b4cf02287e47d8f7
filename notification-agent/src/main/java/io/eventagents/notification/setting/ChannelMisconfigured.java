package io.eventagents.notification.setting;

/** The settings of a channel are wrong. */
public final class ChannelMisconfigured extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * @param what what is wrong
   * @param action what to do
   */
  public ChannelMisconfigured(String what, String action) {
    super(what);
    this.action = action;
  }

  /** What to do. */
  public String action() {
    return action;
  }
}
