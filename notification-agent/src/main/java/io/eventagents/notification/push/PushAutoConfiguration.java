package io.eventagents.notification.push;

import io.eventagents.InvalidSetting;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgents;
import io.eventagents.notification.channel.ChannelAutoConfiguration;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import io.eventagents.notification.setting.ChannelSwitch;
import io.eventagents.notification.setting.ConditionalOnChannel;
import io.eventagents.notification.trigger.OwnerTrigger;
import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The agent {@code notification-push}. */
@AutoConfiguration(after = ChannelAutoConfiguration.class)
@EnableConfigurationProperties(PushProperties.class)
public final class PushAutoConfiguration {

  @Bean
  ChannelSwitch notificationPushSwitch(PushProperties properties, BeanFactory beans) {
    return new ChannelSwitch(
        beans, "notificationPush", properties.enabled(), "notification.push.service-account");
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnChannel(
      prefix = "notification.push",
      settings = {"service-account", "project-id"})
  static final class On {

    @Bean
    FcmChannel fcmChannel(PushProperties properties, ObjectProvider<Clock> clocks) {
      if (properties.serviceAccount() == null) {
        throw new InvalidSetting(
            "notification-push is only partly configured: notification.push.service-account is not set",
            "Set notification.push.service-account, or remove notification.push.project-id.");
      }
      AccessTokens tokens =
          AccessTokens.of(properties.serviceAccount(), new TokenTransport(properties));
      return new FcmChannel(
          ProviderUrl.parse("notification.push.api-url", properties.apiUrl()),
          tokens.project(properties.projectId()),
          tokens,
          ProviderClient.of(properties, clocks.getIfUnique(Clock::systemUTC)));
    }

    @Bean
    ChannelAgent<OwnerTrigger> notificationPush(
        FcmChannel channel, ChannelAgents agents, PushProperties properties) {
      return agents.agent(channel, properties.rateLimit());
    }
  }
}
