package io.eventagents.notification.sms;

import io.eventagents.InvalidSetting;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgents;
import io.eventagents.notification.channel.ChannelAutoConfiguration;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import io.eventagents.notification.setting.ChannelSwitch;
import io.eventagents.notification.setting.ConditionalOnChannel;
import io.eventagents.notification.setting.Required;
import io.eventagents.notification.trigger.OwnerTrigger;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** The agent {@code notification-sms}. */
@AutoConfiguration(after = ChannelAutoConfiguration.class)
@EnableConfigurationProperties(SmsProperties.class)
public final class SmsAutoConfiguration {

  @Bean
  ChannelSwitch notificationSmsSwitch(SmsProperties properties, BeanFactory beans) {
    return new ChannelSwitch(
        beans, "notificationSms", properties.enabled(), "notification.sms.account-sid");
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnChannel(
      prefix = "notification.sms",
      settings = {"account-sid", "auth-token", "from"})
  static final class On {

    @Bean
    SmsChannel smsChannel(
        SmsProperties properties, Environment environment, ObjectProvider<Clock> clocks) {
      return new SmsChannel(
          new TwilioAccount(
              ProviderUrl.parse("notification.sms.api-url", properties.apiUrl()),
              Required.value("notification.sms.account-sid", properties.accountSid()),
              Required.value("notification.sms.auth-token", properties.authToken()),
              Required.value("notification.sms.from", properties.from()),
              callback(
                  properties.statusCallback(),
                  environment.getProperty("notification.receipts.twilio.url", ""))),
          ProviderClient.of(properties, clocks.getIfUnique(Clock::systemUTC)));
    }

    @Bean
    ChannelAgent<OwnerTrigger> notificationSms(
        SmsChannel channel, ChannelAgents agents, SmsProperties properties) {
      return agents.agent(channel, properties.rateLimit());
    }

    private static @Nullable String callback(@Nullable String url, String receipts) {
      if (!StringUtils.hasText(url)) {
        return null;
      }
      String callback = ProviderUrl.parse("notification.sms.status-callback", url).toString();
      if (!receipts.isBlank() && !receipts.strip().equals(callback)) {
        // Twilio signs the URL that it calls. Every receipt would be refused as forged.
        throw new InvalidSetting(
            "notification.sms.status-callback and notification.receipts.twilio.url differ",
            "Set both to the URL of /receipts/twilio as Twilio calls it.");
      }
      return callback;
    }
  }
}
