package io.eventagents.notification;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the notification agent, {@code notification.*}. A channel is on where they say
 * where to send.
 */
@ConfigurationProperties("notification")
record NotificationProperties(@DefaultValue Email email, @DefaultValue Slack slack) {

  /**
   * Mail, on where {@code spring.mail.host} is set; that server's account and encryption are {@code
   * spring.mail.*} too.
   *
   * @param enabled false turns the channel off; true fails the start where no mail server is set
   * @param from the sender, such as {@code Tasks <tasks@company.com>}
   * @param recipientPattern makes an owner's address
   * @param connectTimeout how long to wait for a connection
   * @param readTimeout how long to wait for an answer of the server
   * @param writeTimeout how long to wait until the server takes what was written
   */
  record Email(
      @Nullable Boolean enabled,
      @DefaultValue("Event Agents <notifications@company.com>") String from,
      @DefaultValue("{owner_id}@company.com") String recipientPattern,
      @DefaultValue("PT5S") Duration connectTimeout,
      @DefaultValue("PT20S") Duration readTimeout,
      @DefaultValue("PT20S") Duration writeTimeout) {

    Email {
      positive("notification.email.connect-timeout", connectTimeout);
      positive("notification.email.read-timeout", readTimeout);
      positive("notification.email.write-timeout", writeTimeout);
    }
  }

  /**
   * Slack, on where the webhook's URL is set.
   *
   * @param enabled false turns the channel off; true fails the start where no URL is set
   * @param webhookUrl the incoming webhook; a secret
   * @param channel where posts go, as far as the webhook lets them choose
   * @param connectTimeout how long to wait for a connection
   * @param readTimeout how long to wait for the whole answer
   */
  record Slack(
      @Nullable Boolean enabled,
      @Nullable String webhookUrl,
      @DefaultValue("#tasks") String channel,
      @DefaultValue("PT5S") Duration connectTimeout,
      @DefaultValue("PT10S") Duration readTimeout) {

    Slack {
      positive("notification.slack.connect-timeout", connectTimeout);
      positive("notification.slack.read-timeout", readTimeout);
    }

    /**
     * The URL to post to.
     *
     * @throws ChannelMisconfigured where it is no URL of HTTP
     */
    URI url() {
      // The message never shows the value, which is a secret.
      URI url;
      try {
        url = URI.create(webhookUrl == null ? "" : webhookUrl.strip());
      } catch (IllegalArgumentException malformed) {
        throw noUrl();
      }
      if (url.getHost() == null
          || !("https".equalsIgnoreCase(url.getScheme())
              || "http".equalsIgnoreCase(url.getScheme()))) {
        throw noUrl();
      }
      return url;
    }

    private static ChannelMisconfigured noUrl() {
      return new ChannelMisconfigured(
          "notification.slack.webhook-url is no URL of HTTP",
          "Set notification.slack.webhook-url to the webhook's URL, https://...");
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Slack[enabled=%s, channel=%s]".formatted(enabled, channel);
    }
  }

  private static void positive(String setting, Duration value) {
    if (value.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "%s is %s; it must be at least PT0.001S".formatted(setting, value));
    }
  }
}
