package io.eventagents.notification;

/** A channel cannot work with its settings. */
final class ChannelMisconfigured extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * @param what what is wrong
   * @param action what to do
   */
  ChannelMisconfigured(String what, String action) {
    super(what);
    this.action = action;
  }

  /** What to do. */
  String action() {
    return action;
  }
}
