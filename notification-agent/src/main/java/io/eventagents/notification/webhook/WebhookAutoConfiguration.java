package io.eventagents.notification.webhook;

import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgents;
import io.eventagents.notification.channel.ChannelAutoConfiguration;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import io.eventagents.notification.http.PublicTarget;
import io.eventagents.notification.setting.ChannelSwitch;
import io.eventagents.notification.setting.ConditionalOnChannel;
import io.eventagents.notification.setting.Required;
import io.eventagents.notification.trigger.Trigger;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The agent {@code notification-webhook}. */
@AutoConfiguration(after = ChannelAutoConfiguration.class)
@EnableConfigurationProperties(WebhookProperties.class)
public final class WebhookAutoConfiguration {

  @Bean
  ChannelSwitch notificationWebhookSwitch(WebhookProperties properties, BeanFactory beans) {
    return new ChannelSwitch(
        beans, "notificationWebhook", properties.enabled(), "notification.webhook.url");
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnChannel(
      prefix = "notification.webhook",
      settings = {"url", "secrets"})
  static final class On {

    @Bean
    WebhookChannel webhookChannel(WebhookProperties properties, ObjectProvider<Clock> clocks) {
      URI url =
          ProviderUrl.parse(
              "notification.webhook.url",
              Required.value("notification.webhook.url", properties.url()));
      List<String> secrets =
          properties.secrets().stream().filter(secret -> !secret.isBlank()).toList();
      Required.value("notification.webhook.secrets", secrets.isEmpty() ? null : secrets.getFirst());
      if (!properties.allowPrivateTargets()) {
        PublicTarget.check(
            "notification.webhook.url", url, "notification.webhook.allow-private-targets");
      }
      Clock clock = clocks.getIfUnique(Clock::systemUTC);
      return new WebhookChannel(
          url,
          new Signature(secrets),
          properties.allowPrivateTargets()
              ? ProviderClient.of(properties, clock)
              : ProviderClient.toPublicAddresses(properties, clock),
          clock);
    }

    @Bean
    ChannelAgent<Trigger> notificationWebhook(
        WebhookChannel channel, ChannelAgents agents, WebhookProperties properties) {
      return agents.agent(channel, properties.rateLimit());
    }
  }
}
