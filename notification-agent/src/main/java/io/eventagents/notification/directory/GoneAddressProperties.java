package io.eventagents.notification.directory;

import io.eventagents.SettingCheck;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Addresses that do not exist any more.
 *
 * @param channels the channels on which they are remembered. {@code email} is none of them by
 *     default: a report that a mail bounced can be wrong, or forged, and the person would get no
 *     mail any more
 * @param retention how long they are remembered if their recipient is not written anew; after that,
 *     a message is tried again
 */
@ConfigurationProperties("notification.gone-addresses")
record GoneAddressProperties(
    @DefaultValue({"push", "slack", "sms", "web-push"}) Set<String> channels,
    @DefaultValue("P90D") Duration retention) {

  /** The channels on which people have addresses; the others post to a place. */
  private static final Set<String> PERSONAL = Set.of("email", "push", "slack", "sms", "web-push");

  GoneAddressProperties {
    channels = Set.copyOf(channels);
    if (!PERSONAL.containsAll(channels)) {
      throw new IllegalArgumentException(
          "notification.gone-addresses.channels is %s; it must be a list of %s"
              .formatted(
                  String.join(",", new TreeSet<>(channels)),
                  String.join(", ", new TreeSet<>(PERSONAL))));
    }
    SettingCheck.atLeastAMillisecond("notification.gone-addresses.retention", retention);
  }
}
