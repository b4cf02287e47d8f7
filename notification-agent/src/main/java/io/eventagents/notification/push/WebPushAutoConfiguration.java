package io.eventagents.notification.push;

import io.eventagents.InvalidSetting;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgents;
import io.eventagents.notification.channel.ChannelAutoConfiguration;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.setting.ChannelSwitch;
import io.eventagents.notification.setting.ConditionalOnChannel;
import io.eventagents.notification.setting.Required;
import io.eventagents.notification.trigger.OwnerTrigger;
import java.time.Clock;
import java.util.regex.Pattern;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The agent {@code notification-web-push}. */
@AutoConfiguration(after = ChannelAutoConfiguration.class)
@EnableConfigurationProperties(WebPushProperties.class)
public final class WebPushAutoConfiguration {

  @Bean
  ChannelSwitch notificationWebPushSwitch(WebPushProperties properties, BeanFactory beans) {
    return new ChannelSwitch(
        beans,
        "notificationWebPush",
        properties.enabled(),
        "notification.web-push.vapid-private-key");
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnChannel(
      prefix = "notification.web-push",
      settings = {"vapid-public-key", "vapid-private-key", "subject"})
  static final class On {

    private static final Pattern SUBJECT = Pattern.compile("(mailto:|https://)[^\\s\"\\\\]+");

    @Bean
    WebPushChannel webPushChannel(WebPushProperties properties, ObjectProvider<Clock> clocks) {
      String publicKey =
          Required.value("notification.web-push.vapid-public-key", properties.vapidPublicKey());
      String privateKey =
          Required.value("notification.web-push.vapid-private-key", properties.vapidPrivateKey());
      String subject = Required.value("notification.web-push.subject", properties.subject());
      if (!SUBJECT.matcher(subject).matches()) {
        throw new InvalidSetting(
            "notification.web-push.subject is neither mailto: nor https:: '%s'".formatted(subject),
            "Use one such as 'mailto:ops@company.com'.");
      }
      Clock clock = clocks.getIfUnique(Clock::systemUTC);
      return new WebPushChannel(
          VapidKeys.of(publicKey, privateKey),
          subject,
          new PushServices(properties.services()),
          properties.timeToLive(),
          properties.allowPrivateTargets()
              ? ProviderClient.of(properties, clock)
              : ProviderClient.toPublicAddresses(properties, clock),
          clock);
    }

    @Bean
    ChannelAgent<OwnerTrigger> notificationWebPush(
        WebPushChannel channel, ChannelAgents agents, WebPushProperties properties) {
      return agents.agent(channel, properties.rateLimit());
    }
  }
}
