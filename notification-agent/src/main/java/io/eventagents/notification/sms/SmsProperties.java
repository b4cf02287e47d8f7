package io.eventagents.notification.sms;

import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Text messages over Twilio, on where one of account, token or sender is set; then all are needed.
 *
 * @param enabled false turns the channel off; true fails the start where nothing is set
 * @param accountSid the account, {@code AC...}
 * @param authToken its token; a secret
 * @param from the number that sends, or a messaging service, {@code MG...}
 * @param statusCallback the public URL of this application that Twilio tells of deliveries; none by
 *     default
 * @param apiUrl where Twilio's API is
 * @param rateLimit how fast messages are sent, such as {@code 10/s}
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the whole answer
 */
@ConfigurationProperties("notification.sms")
record SmsProperties(
    @Nullable Boolean enabled,
    @Nullable String accountSid,
    @Nullable String authToken,
    @Nullable String from,
    @Nullable String statusCallback,
    @DefaultValue("https://api.twilio.com") String apiUrl,
    @Nullable RateLimit rateLimit,
    @DefaultValue("PT5S") Duration connectTimeout,
    @DefaultValue("PT15S") Duration readTimeout)
    implements ChannelTimeouts {

  SmsProperties {
    ChannelTimeouts.check("notification.sms", connectTimeout, readTimeout);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Sms[enabled=%s, from=%s]".formatted(enabled, from);
  }
}
