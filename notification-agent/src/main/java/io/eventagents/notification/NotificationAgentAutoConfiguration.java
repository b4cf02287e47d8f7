package io.eventagents.notification;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The agents of the channels that are on. */
@AutoConfiguration(after = MailSenderAutoConfiguration.class)
@EnableConfigurationProperties(NotificationProperties.class)
public final class NotificationAgentAutoConfiguration {

  @Bean
  @ConditionalOnBean(JavaMailSenderImpl.class)
  // Spring Boot makes a sender of an empty host too, as a manifest with a variable left out has it.
  @ConditionalOnExpression("!environment.getProperty('spring.mail.host', 'absent').isBlank()")
  @ConditionalOnBooleanProperty(name = "notification.email.enabled", matchIfMissing = true)
  NotificationEmail notificationEmail(
      NotificationProperties properties, JavaMailSenderImpl account, ObjectProvider<Clock> clock) {
    NotificationProperties.Email email = properties.email();
    return new NotificationEmail(
        new SmtpServer(account, email.connectTimeout(), email.readTimeout(), email.writeTimeout()),
        new RecipientPattern(email.recipientPattern()),
        sender(email.from()),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  @ConditionalOnExpression(
      "!environment.getProperty('notification.slack.webhook-url', '').isBlank()")
  @ConditionalOnBooleanProperty(name = "notification.slack.enabled", matchIfMissing = true)
  NotificationSlack notificationSlack(
      NotificationProperties properties, ObjectProvider<Clock> clock) {
    NotificationProperties.Slack slack = properties.slack();
    return new NotificationSlack(
        new SlackWebhook(
            slack.url(),
            slack.connectTimeout(),
            slack.readTimeout(),
            clock.getIfUnique(Clock::systemUTC)),
        slack.channel());
  }

  @Bean
  SmartInitializingSingleton notificationChannels(
      NotificationProperties properties,
      ObjectProvider<NotificationEmail> email,
      ObjectProvider<NotificationSlack> slack) {
    return () -> {
      ChannelSwitch.tell(
          NotificationEmail.NAME,
          properties.email().enabled(),
          email.getIfAvailable() != null,
          "spring.mail.host");
      ChannelSwitch.tell(
          NotificationSlack.NAME,
          properties.slack().enabled(),
          slack.getIfAvailable() != null,
          "notification.slack.webhook-url");
    };
  }

  private static InternetAddress sender(String from) {
    try {
      InternetAddress address = new InternetAddress(from, true);
      if (address.getAddress().contains("@")) {
        return address;
      }
    } catch (AddressException malformed) {
      // The message below says it in the terms of the setting.
    }
    throw new ChannelMisconfigured(
        "notification.email.from is no mail address: '%s'".formatted(from),
        "Write it such as 'Tasks <tasks@company.com>'.");
  }
}
