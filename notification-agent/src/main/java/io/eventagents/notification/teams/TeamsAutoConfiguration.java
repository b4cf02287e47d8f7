package io.eventagents.notification.teams;

import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgents;
import io.eventagents.notification.channel.ChannelAutoConfiguration;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.ProviderUrl;
import io.eventagents.notification.setting.ChannelSwitch;
import io.eventagents.notification.setting.ConditionalOnChannel;
import io.eventagents.notification.trigger.TeamTrigger;
import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The agent {@code notification-teams}. */
@AutoConfiguration(after = ChannelAutoConfiguration.class)
@EnableConfigurationProperties(TeamsProperties.class)
public final class TeamsAutoConfiguration {

  @Bean
  ChannelSwitch notificationTeamsSwitch(TeamsProperties properties, BeanFactory beans) {
    return new ChannelSwitch(
        beans, "notificationTeams", properties.enabled(), "notification.teams.webhook-url");
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnChannel(prefix = "notification.teams", settings = "webhook-url")
  static final class On {

    @Bean
    TeamsChannel teamsChannel(TeamsProperties properties, ObjectProvider<Clock> clocks) {
      return new TeamsChannel(
          ProviderUrl.parse("notification.teams.webhook-url", properties.webhookUrl()),
          properties.channel(),
          ProviderClient.of(properties, clocks.getIfUnique(Clock::systemUTC)));
    }

    @Bean
    ChannelAgent<TeamTrigger> notificationTeams(
        TeamsChannel channel, ChannelAgents agents, TeamsProperties properties) {
      return agents.agent(channel, properties.rateLimit());
    }
  }
}
