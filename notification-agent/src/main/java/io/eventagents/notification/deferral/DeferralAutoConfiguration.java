package io.eventagents.notification.deferral;

import io.eventagents.DatabaseSchema;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.Messenger;
import io.eventagents.notification.channel.NotificationEvent;
import io.eventagents.notification.database.NotificationDatabaseAutoConfiguration;
import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.receipt.Tracking;
import java.time.Clock;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Quiet hours and digests, if there is a database to store messages in. */
@AutoConfiguration(after = NotificationDatabaseAutoConfiguration.class)
@ConditionalOnBean(NotificationDatabaseAutoConfiguration.class)
@EnableConfigurationProperties(DeferralProperties.class)
public final class DeferralAutoConfiguration {

  @Bean
  DeferredMessages deferredMessages(JdbcClient database, DatabaseSchema notificationSchema) {
    return new DeferredMessages(database);
  }

  @Bean
  DeferralTimers deferralTimers(
      DeferredMessages messages,
      DataSource dataSource,
      PlatformTransactionManager transactions,
      ObjectProvider<Clock> clock) {
    return new DeferralTimers(
        messages,
        dataSource,
        new TransactionTemplate(transactions),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  EventPublisher<NotificationEvent> deferredEvents(EventPublishers publishers) {
    return new ChannelEvents(publishers);
  }

  @Bean
  DeferralAlarm deferralAlarm(
      DeferredMessages messages,
      ObjectProvider<ChannelAgent<?>> agents,
      EventPublisher<NotificationEvent> deferredEvents,
      PlatformTransactionManager transactions,
      DeferralProperties properties,
      ObjectProvider<Clock> clock) {
    return new DeferralAlarm(
        messages,
        agents.stream()
            .map(ChannelAgent::messenger)
            .collect(Collectors.toMap(Messenger::channel, Function.identity())),
        deferredEvents,
        new TransactionTemplate(transactions),
        properties.attempts(),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  DeferralWatch deferralWatch(
      DataSource dataSource,
      DeferralAlarm alarm,
      DeferredMessages messages,
      ObjectProvider<Tracking> trackings,
      ObjectProvider<GoneAddresses> goneAddresses,
      DeferralProperties properties,
      ObjectProvider<Clock> clocks) {
    Clock clock = clocks.getIfUnique(Clock::systemUTC);
    Tracking tracking = trackings.getIfAvailable(Tracking::none);
    GoneAddresses gone = goneAddresses.getIfAvailable(GoneAddresses::none);
    return new DeferralWatch(
        dataSource,
        alarm,
        () -> {
          messages.forget(clock.instant().minus(properties.retention()));
          tracking.forget();
          gone.forget();
        },
        properties.pollInterval(),
        properties.threads(),
        clock);
  }
}
