package io.eventagents.autoconfigure;

import io.eventagents.database.DatabaseHealthIndicator;
import io.eventagents.database.DatabaseMetrics;
import io.eventagents.database.DatabaseWrites;
import io.eventagents.dispatch.DatabaseHandlings;
import io.eventagents.inbox.Inbox;
import io.eventagents.inbox.InboxCleaner;
import io.eventagents.inbox.InboxProperties;
import io.eventagents.observation.EventTraces;
import io.eventagents.ordering.HeldKeys;
import io.eventagents.outbox.Outbox;
import io.eventagents.outbox.OutboxEventPublishers;
import io.eventagents.outbox.OutboxHealthIndicator;
import io.eventagents.outbox.OutboxMetrics;
import io.eventagents.outbox.OutboxProperties;
import io.eventagents.outbox.OutboxRelay;
import io.eventagents.send.RecordSender;
import io.eventagents.wire.EventWriter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Inbox and outbox of an application with a {@link DataSource}, which is a PostgreSQL database:
 * their tables, the relay that sends the outbox, the cleaning of the inbox, gauges and health.
 *
 * <p>{@code event-agents.database.enabled=false} leaves all of this out, for an application whose
 * agents have no effects and that has a database for something else.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration"
    })
@ConditionalOnClass({DataSource.class, JdbcTemplate.class, Flyway.class})
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnProperty(
    prefix = "event-agents.database",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
@EnableConfigurationProperties({
  DatabaseProperties.class,
  InboxProperties.class,
  OutboxProperties.class
})
public final class EventAgentsDatabaseAutoConfiguration {

  @Bean
  FrameworkSchema eventAgentsSchema(
      DataSource dataSource, DatabaseProperties properties, Environment environment) {
    return FrameworkSchema.migrate(dataSource, properties, environment);
  }

  @Bean
  @ConditionalOnMissingBean
  Inbox eventAgentsInbox(DataSource dataSource, FrameworkSchema schema) {
    return new Inbox(dataSource, schema.name());
  }

  @Bean
  @ConditionalOnMissingBean
  InboxCleaner eventAgentsInboxCleaner(
      DataSource dataSource, FrameworkSchema schema, InboxProperties properties) {
    return new InboxCleaner(dataSource, schema.name(), properties);
  }

  @Bean
  @ConditionalOnMissingBean
  Outbox eventAgentsOutbox(DataSource dataSource, FrameworkSchema schema) {
    return new Outbox(dataSource, schema.name());
  }

  @Bean
  DatabaseWrites eventAgentsDatabaseWrites(Outbox outbox) {
    return outbox.writes();
  }

  @Bean
  @ConditionalOnMissingBean
  OutboxRelay eventAgentsOutboxRelay(
      Outbox outbox,
      @Qualifier("outboxRecordSender") RecordSender sender,
      EventTraces traces,
      OutboxProperties properties) {
    return new OutboxRelay(outbox, traces.sending(sender), properties);
  }

  @Bean
  OutboxEventPublishers eventAgentsPublishers(
      Outbox outbox, EventWriter writer, EventTraces traces, ObjectProvider<Clock> clock) {
    return new OutboxEventPublishers(outbox, writer, traces, clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  HeldKeys eventAgentsHeldKeys(
      DataSource dataSource, FrameworkSchema schema, PlatformTransactionManager transactions) {
    return new HeldKeys(dataSource, schema.name(), transactions);
  }

  @Bean
  DatabaseHandlings eventAgentsDatabaseHandlings(
      Inbox inbox, Outbox outbox, HeldKeys heldKeys, PlatformTransactionManager transactions) {
    return new DatabaseHandlings(inbox, outbox, heldKeys, new TransactionTemplate(transactions));
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class Metrics {

    @Bean
    @ConditionalOnMissingBean
    OutboxMetrics eventAgentsOutboxMetrics(Outbox outbox) {
      return new OutboxMetrics(outbox);
    }

    @Bean
    @ConditionalOnMissingBean
    DatabaseMetrics eventAgentsDatabaseMetrics(DatabaseWrites writes) {
      return new DatabaseMetrics(writes);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
  static class HealthConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "outboxHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("outbox")
    OutboxHealthIndicator outboxHealthIndicator(Outbox outbox, OutboxRelay relay) {
      return new OutboxHealthIndicator(outbox, relay);
    }

    @Bean
    @ConditionalOnMissingBean(name = "databaseHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("database")
    DatabaseHealthIndicator databaseHealthIndicator(DatabaseWrites writes) {
      return new DatabaseHealthIndicator(writes);
    }
  }
}
