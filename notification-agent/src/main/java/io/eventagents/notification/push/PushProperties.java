package io.eventagents.notification.push;

import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Pushes to apps over Firebase Cloud Messaging, on if the service account is set.
 *
 * @param enabled false turns the channel off; true fails the start if no account is set
 * @param serviceAccount the JSON file of the account's key, such as {@code
 *     file:/etc/fcm/account.json}
 * @param projectId the Firebase project; by default that of the account
 * @param apiUrl where FCM is
 * @param rateLimit the largest rate of pushes, such as {@code 100/s}
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the complete response
 */
@ConfigurationProperties("notification.push")
record PushProperties(
    @Nullable Boolean enabled,
    @Nullable Resource serviceAccount,
    @Nullable String projectId,
    @DefaultValue("https://fcm.googleapis.com") String apiUrl,
    @Nullable RateLimit rateLimit,
    @DefaultValue("PT5S") Duration connectTimeout,
    @DefaultValue("PT10S") Duration readTimeout)
    implements ChannelTimeouts {

  PushProperties {
    ChannelTimeouts.check("notification.push", connectTimeout, readTimeout);
  }
}
