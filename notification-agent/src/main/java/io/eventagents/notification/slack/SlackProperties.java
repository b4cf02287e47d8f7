package io.eventagents.notification.slack;

import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Slack, on if the URL of an incoming webhook or the token of a bot is set.
 *
 * @param enabled false turns the channel off; true fails the start if neither is set
 * @param webhookUrl the incoming webhook; a secret
 * @param botToken the bot's token, {@code xoxb-...}, with the scope {@code chat:write}; a secret
 * @param channel where posts go: the name or id of a channel for a bot; a webhook may ignore it
 * @param directMessages whether the bot writes to the owner instead of the channel, if the
 *     directory has their member id
 * @param apiUrl where Slack's Web API is
 * @param rateLimit the largest rate of posts, such as {@code 1/s}
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the complete response
 */
@ConfigurationProperties("notification.slack")
record SlackProperties(
    @Nullable Boolean enabled,
    @Nullable String webhookUrl,
    @Nullable String botToken,
    @DefaultValue("#tasks") String channel,
    @DefaultValue("false") boolean directMessages,
    @DefaultValue("https://slack.com/api") String apiUrl,
    @Nullable RateLimit rateLimit,
    @DefaultValue("PT5S") Duration connectTimeout,
    @DefaultValue("PT10S") Duration readTimeout)
    implements ChannelTimeouts {

  SlackProperties {
    ChannelTimeouts.check("notification.slack", connectTimeout, readTimeout);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Slack[enabled=%s, channel=%s]".formatted(enabled, channel);
  }
}
