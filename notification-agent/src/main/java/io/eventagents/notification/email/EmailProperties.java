package io.eventagents.notification.email;

import io.eventagents.notification.channel.RateLimit;
import io.eventagents.notification.setting.ChannelTimeouts;
import io.eventagents.notification.setting.SettingLimit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Mail, on where {@code spring.mail.host} is set; that server's account and encryption are {@code
 * spring.mail.*} too.
 *
 * @param enabled false turns the channel off; true fails the start where no mail server is set
 * @param from the sender, such as {@code Tasks <tasks@company.com>}
 * @param rateLimit how fast mails are sent, such as {@code 10/s}
 * @param connections how many connections to the server are open at a time; by default as many as
 *     keys are worked on side by side
 * @param idleTimeout how long a connection is kept without a mail
 * @param mailsPerConnection after how many mails a connection is closed: some servers limit them
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for an answer of the server
 * @param writeTimeout how long to wait until the server takes what was written
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
    SettingLimit.atLeastOne("notification.email.connections", connections);
    SettingLimit.atLeastOne("notification.email.mails-per-connection", mailsPerConnection);
    SettingLimit.atLeastAMillisecond("notification.email.idle-timeout", idleTimeout);
    ChannelTimeouts.check("notification.email", connectTimeout, readTimeout);
    SettingLimit.atLeastAMillisecond("notification.email.write-timeout", writeTimeout);
  }
}
