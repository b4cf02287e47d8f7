package io.eventagents.notification.teams;

import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Microsoft Teams, on if the URL of a workflow is set.
 *
 * @param enabled false turns the channel off; true fails the start if no URL is set
 * @param webhookUrl the URL of the workflow "Send webhook alerts to a channel"; a secret
 * @param channel what the channel is called in {@code notification.sent}
 * @param rateLimit the largest rate of cards, such as {@code 1/s}
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the complete response
 */
@ConfigurationProperties("notification.teams")
record TeamsProperties(
    @Nullable Boolean enabled,
    @Nullable String webhookUrl,
    @DefaultValue("teams") String channel,
    @Nullable RateLimit rateLimit,
    @DefaultValue("PT5S") Duration connectTimeout,
    @DefaultValue("PT20S") Duration readTimeout)
    implements ChannelTimeouts {

  TeamsProperties {
    ChannelTimeouts.check("notification.teams", connectTimeout, readTimeout);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Teams[enabled=%s, channel=%s]".formatted(enabled, channel);
  }
}
