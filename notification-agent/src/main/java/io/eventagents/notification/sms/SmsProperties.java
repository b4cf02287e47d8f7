package io.eventagents.notification.sms;

import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Text messages over Twilio, on if the account, the token or the sender is set. Then all of them
 * are required.
 *
 * @param enabled false turns the channel off; true fails the start if nothing is set
 * @param accountSid the account, {@code AC...}
 * @param authToken its token; a secret
 * @param from the number that sends, or a messaging service, {@code MG...}
 * @param statusCallback the public URL of this application to which Twilio reports deliveries; none
 *     by default
 * @param apiUrl where Twilio's API is
 * @param rateLimit the largest rate of messages, such as {@code 10/s}
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the complete response
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
