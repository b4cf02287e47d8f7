package io.eventagents.notification.setting;

import io.eventagents.InvalidSetting;
import org.jspecify.annotations.Nullable;

/** A setting that a channel requires. */
public final class Required {

  private Required() {}

  /**
   * Returns its value.
   *
   * @param setting its name, such as {@code notification.sms.from} of {@code notification-sms}
   * @throws InvalidSetting if it is not set
   */
  public static String value(String setting, @Nullable String value) {
    if (value == null || value.isBlank()) {
      String agent = setting.substring(0, setting.lastIndexOf('.')).replace('.', '-');
      throw new InvalidSetting(
          "%s is only partly configured: %s is not set".formatted(agent, setting),
          "Set %s, or remove the channel's other settings.".formatted(setting));
    }
    return value.strip();
  }
}
