package io.eventagents.notification.email;

import io.eventagents.InvalidSetting;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgents;
import io.eventagents.notification.channel.ChannelAutoConfiguration;
import io.eventagents.notification.receipt.MailMark;
import io.eventagents.notification.setting.ChannelSwitch;
import io.eventagents.notification.trigger.OwnerTrigger;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.mail.autoconfigure.MailHealthContributorAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The agent {@code notification-email}. */
@AutoConfiguration(
    after = {MailSenderAutoConfiguration.class, ChannelAutoConfiguration.class},
    before = MailHealthContributorAutoConfiguration.class)
@EnableConfigurationProperties(EmailProperties.class)
public final class EmailAutoConfiguration {

  @Bean
  ChannelSwitch notificationEmailSwitch(EmailProperties properties, BeanFactory beans) {
    return new ChannelSwitch(beans, "notificationEmail", properties.enabled(), "spring.mail.host");
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(JavaMailSenderImpl.class)
  // Spring Boot makes a sender of an empty host too, as a manifest with a variable left out has it.
  @ConditionalOnExpression("!environment.getProperty('spring.mail.host', 'absent').isBlank()")
  @ConditionalOnBooleanProperty(name = "notification.email.enabled", matchIfMissing = true)
  static final class On {

    @Bean
    SmtpServer smtpServer(JavaMailSenderImpl account, EmailProperties properties) {
      return new SmtpServer(account, properties);
    }

    @Bean
    @ConditionalOnEnabledHealthIndicator("mail")
    HealthContributor mailHealthContributor(JavaMailSenderImpl account, SmtpServer server) {
      return new MailServerHealth(account, server);
    }

    @Bean
    EmailChannel emailChannel(
        EmailProperties properties,
        SmtpServer server,
        ObjectProvider<MailMark> marks,
        ObjectProvider<Clock> clock) {
      return new EmailChannel(
          server,
          sender(properties.from()),
          marks.stream().map(MailMark::header).toList(),
          clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    ChannelAgent<OwnerTrigger> notificationEmail(
        EmailChannel channel, ChannelAgents agents, EmailProperties properties) {
      return agents.agent(channel, properties.rateLimit());
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
      throw new InvalidSetting(
          "notification.email.from is not a mail address: '%s'".formatted(from),
          "Use an address such as 'Tasks <tasks@company.com>'.");
    }
  }
}
