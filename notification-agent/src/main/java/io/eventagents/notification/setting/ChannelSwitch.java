package io.eventagents.notification.setting;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Says at the start that a channel is off. A channel without an address is off, so that an
 * installation turns on what it has; one that was asked for by {@code enabled=true} must have one.
 *
 * @param agent the name of the agent's bean
 * @param enabled what was asked for
 * @param setting what turns it on
 */
public record ChannelSwitch(
    BeanFactory beans, String agent, @Nullable Boolean enabled, String setting)
    implements SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(ChannelSwitch.class);

  /**
   * @throws ChannelMisconfigured if it was asked for and has no address
   */
  @Override
  public void afterSingletonsInstantiated() {
    if (beans.containsBean(agent)) {
      return;
    }
    String name = DataObjectPropertyName.toDashedForm(agent);
    if (Boolean.TRUE.equals(enabled)) {
      throw new ChannelMisconfigured(
          "%s is enabled, but %s is not set".formatted(name, setting),
          "Set %s, or take the enabled setting of the channel away.".formatted(setting));
    }
    if (enabled == null) {
      log.info("{} is off: {} is not set", name, setting);
    } else {
      log.info("{} is off by its setting", name);
    }
  }
}
