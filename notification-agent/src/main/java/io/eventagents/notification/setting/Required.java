package io.eventagents.notification.setting;

import org.jspecify.annotations.Nullable;

/** A setting that a channel cannot do without. */
public final class Required {

  private Required() {}

  /**
   * Its value.
   *
   * @param agent whose channel it belongs to
   * @param setting its name
   * @throws ChannelMisconfigured where it is not set
   */
  public static String value(String agent, String setting, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new ChannelMisconfigured(
          "%s is set up in part: %s is not set".formatted(agent, setting),
          "Set %s, or take the other settings of the channel away.".formatted(setting));
    }
    return value.strip();
  }
}
