package io.eventagents.notification.email;

import io.eventagents.SettingCheck;
import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Mail, on if {@code spring.mail.host} is set. The other {@code spring.mail.*} set the account and
 * the encryption.
 *
 * @param enabled false turns the channel off; true fails the start if no mail server is set
 * @param from the sender, such as {@code Tasks <tasks@company.com>}
 * @param rateLimit the largest rate of mails, such as {@code 10/s}
 * @param connections how many connections to the server are open at a time; the default is the
 *     number of keys that are handled in parallel
 * @param idleTimeout how long an idle connection is kept
 * @param mailsPerConnection after how many mails a connection is closed; some servers limit them
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for a reply of the server
 * @param writeTimeout how long to wait until the server accepts what was written
 */
@ConfigurationProperties("notification.email")
record EmailProperties(
    @Nullable Boolean enabled,
    @DefaultValue("Event Agents <notifications@company.com>") String from,
    @Nullable RateLimit rateLimit,
    @DefaultValue("16") int connections,
    @DefaultValue("PT10S") Duration idleTimeout,
    @DefaultValue("100") int mailsPerConnection,
    @DefaultValue("PT5S") Duration connectTimeout,
    @DefaultValue("PT20S") Duration readTimeout,
    @DefaultValue("PT20S") Duration writeTimeout) {

  EmailProperties {
    SettingCheck.atLeastOne("notification.email.connections", connections);
    SettingCheck.atLeastOne("notification.email.mails-per-connection", mailsPerConnection);
    SettingCheck.atLeastAMillisecond("notification.email.idle-timeout", idleTimeout);
    ChannelTimeouts.check("notification.email", connectTimeout, readTimeout);
    SettingCheck.atLeastAMillisecond("notification.email.write-timeout", writeTimeout);
  }
}
