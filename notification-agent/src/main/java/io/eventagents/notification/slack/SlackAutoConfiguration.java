package io.eventagents.notification.slack;

import io.eventagents.InvalidSetting;
import io.eventagents.notification.channel.Channel;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgents;
import io.eventagents.notification.channel.ChannelAutoConfiguration;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import io.eventagents.notification.setting.ChannelSwitch;
import io.eventagents.notification.setting.ConditionalOnChannel;
import io.eventagents.notification.trigger.TeamTrigger;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/** The agent {@code notification-slack}. */
@AutoConfiguration(after = ChannelAutoConfiguration.class)
@EnableConfigurationProperties(SlackProperties.class)
public final class SlackAutoConfiguration {

  @Bean
  ChannelSwitch notificationSlackSwitch(SlackProperties properties, BeanFactory beans) {
    return new ChannelSwitch(
        beans, "notificationSlack", properties.enabled(), "notification.slack.webhook-url");
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnChannel(
      prefix = "notification.slack",
      settings = {"webhook-url", "bot-token"})
  static final class On {

    @Bean
    Channel slackChannel(SlackProperties properties, ObjectProvider<Clock> clocks) {
      boolean bot = StringUtils.hasText(properties.botToken());
      if (bot && StringUtils.hasText(properties.webhookUrl())) {
        throw new InvalidSetting(
            "notification.slack.webhook-url and notification.slack.bot-token are both set",
            "Remove one of them, as every post is made only once.");
      }
      URI url =
          bot
              ? ProviderUrl.parse("notification.slack.api-url", properties.apiUrl())
              : ProviderUrl.parse("notification.slack.webhook-url", properties.webhookUrl());
      ProviderClient client = ProviderClient.of(properties, clocks.getIfUnique(Clock::systemUTC));
      return bot
          ? new SlackBot(
              url,
              String.valueOf(properties.botToken()).strip(),
              properties.channel(),
              properties.directMessages(),
              client)
          : new SlackWebhook(url, properties.channel(), client);
    }

    @Bean
    ChannelAgent<TeamTrigger> notificationSlack(
        Channel slackChannel, ChannelAgents agents, SlackProperties properties) {
      return agents.agent(slackChannel, properties.rateLimit());
    }
  }
}
