package io.eventagents.notification.webhook;

import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A signed webhook, on if its URL or a secret is set. Then both are required.
 *
 * @param enabled false turns the channel off; true fails the start if nothing is set
 * @param url where to post
 * @param secrets the secrets that sign requests, {@code whsec_...}, the newest first; every request
 *     is signed with each of them, so that a secret can be replaced without a break
 * @param allowPrivateTargets whether the URL may lead to loopback, link-local or private addresses
 * @param rateLimit the largest rate of requests, such as {@code 10/s}
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the complete response
 */
@ConfigurationProperties("notification.webhook")
record WebhookProperties(
    @Nullable Boolean enabled,
    @Nullable String url,
    @DefaultValue List<String> secrets,
    @DefaultValue("false") boolean allowPrivateTargets,
    @Nullable RateLimit rateLimit,
    @DefaultValue("PT5S") Duration connectTimeout,
    @DefaultValue("PT15S") Duration readTimeout)
    implements ChannelTimeouts {

  WebhookProperties {
    ChannelTimeouts.check("notification.webhook", connectTimeout, readTimeout);
    secrets = List.copyOf(secrets);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Webhook[enabled=%s, secrets=%d]".formatted(enabled, secrets.size());
  }
}
