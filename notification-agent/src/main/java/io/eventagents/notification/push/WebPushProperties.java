package io.eventagents.notification.push;

import io.eventagents.SettingCheck;
import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pushes to browsers, on if the subject or a key is set. Then all of them are required.
 *
 * @param enabled false turns the channel off; true fails the start if nothing is set
 * @param vapidPublicKey the key that browsers subscribe with, base64url
 * @param vapidPrivateKey the private key of the pair, base64url; a secret
 * @param subject how push services reach the operator, {@code mailto:} or {@code https:}
 * @param services the hosts of push services that are allowed; {@code *.} stands for any subdomain.
 *     Subscriptions come from browsers, which could name any host
 * @param timeToLive how long a push service keeps a push for a browser that is offline
 * @param allowPrivateTargets whether the hosts may have loopback, link-local or private addresses
 * @param rateLimit the largest rate of pushes, such as {@code 100/s}
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the complete response
 */
@ConfigurationProperties("notification.web-push")
record WebPushProperties(
    @Nullable Boolean enabled,
    @Nullable String vapidPublicKey,
    @Nullable String vapidPrivateKey,
    @Nullable String subject,
    @DefaultValue({
          "fcm.googleapis.com",
          "*.push.services.mozilla.com",
          "*.push.apple.com",
          "*.notify.windows.com"
        })
        List<String> services,
    @DefaultValue("P1D") Duration timeToLive,
    @DefaultValue("false") boolean allowPrivateTargets,
    @Nullable RateLimit rateLimit,
    @DefaultValue("PT5S") Duration connectTimeout,
    @DefaultValue("PT10S") Duration readTimeout)
    implements ChannelTimeouts {

  WebPushProperties {
    ChannelTimeouts.check("notification.web-push", connectTimeout, readTimeout);
    SettingCheck.notNegative("notification.web-push.time-to-live", timeToLive);
    services = List.copyOf(services);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "WebPush[enabled=%s, subject=%s]".formatted(enabled, subject);
  }
}
