package io.eventagents.notification.setting;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at the start which channels are on. A channel without an address is off, so that an
 * installation turns on what it has; one that was asked for by {@code enabled=true} must have one.
 */
public final class ChannelSwitch {

  private static final Logger log = LoggerFactory.getLogger(ChannelSwitch.class);

  /**
   * @param agent the agent's name
   * @param enabled what was asked for
   * @param on whether the agent is there
   * @param setting what turns it on
   * @throws ChannelMisconfigured where it was asked for and has no address
   */
  public static void tell(String agent, @Nullable Boolean enabled, boolean on, String setting) {
    if (on) {
      return;
    }
    if (Boolean.TRUE.equals(enabled)) {
      throw new ChannelMisconfigured(
          "%s is enabled, but %s is not set".formatted(agent, setting),
          "Set %s, or take the enabled setting of the channel away.".formatted(setting));
    }
    if (enabled == null) {
      log.info("{} is off: {} is not set", agent, setting);
    } else {
      log.info("{} is off by its setting", agent);
    }
  }

  private ChannelSwitch() {}
}
