package io.eventagents.notification.setting;

import io.eventagents.InvalidSetting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Logs at the start that a channel is off. A channel is off if its address is not set. If {@code
 * enabled=true} asks for the channel, the address is required.
 *
 * @param agent the name of the agent's bean
 * @param enabled the value of the channel's {@code enabled} setting
 * @param setting the setting that turns it on
 */
public record ChannelSwitch(
    BeanFactory beans, String agent, @Nullable Boolean enabled, String setting)
    implements SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(ChannelSwitch.class);

  /**
   * @throws InvalidSetting if the channel is enabled and has no address
   */
  @Override
  public void afterSingletonsInstantiated() {
    if (beans.containsBean(agent)) {
      return;
    }
    String name = DataObjectPropertyName.toDashedForm(agent);
    if (Boolean.TRUE.equals(enabled)) {
      throw new InvalidSetting(
          "%s is enabled, but %s is not set".formatted(name, setting),
          "Set %s, or remove the channel's enabled setting.".formatted(setting));
    }
    if (enabled == null) {
      log.info("{} is off: {} is not set", name, setting);
    } else {
      log.info("{} is off by its setting", name);
    }
  }
}
