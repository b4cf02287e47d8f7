package io.eventagents.notification.http;

import io.eventagents.InvalidSetting;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A setting that is a URL and may be a secret. */
public final class ProviderUrl {

  private ProviderUrl() {}

  /**
   * Reads the setting.
   *
   * @param setting its name
   * @throws InvalidSetting if it is not an HTTP URL; the message never shows the value
   */
  public static URI parse(String setting, @Nullable String value) {
    try {
      URI url = URI.create(value == null ? "" : value.strip());
      if (url.getHost() != null
          && ("https".equalsIgnoreCase(url.getScheme())
              || "http".equalsIgnoreCase(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // The message below does not show the value.
    }
    throw new InvalidSetting(
        setting + " is not an HTTP URL", "Set %s to the URL, https://...".formatted(setting));
  }

  /** The host and, if set, the port. These may be shown. */
  public static String shown(URI url) {
    return url.getHost() + (url.getPort() > 0 ? ":" + url.getPort() : "");
  }
}
