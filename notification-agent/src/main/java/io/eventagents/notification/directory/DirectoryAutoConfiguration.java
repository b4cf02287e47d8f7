package io.eventagents.notification.directory;

import io.eventagents.DatabaseSchema;
import io.eventagents.notification.database.NotificationDatabaseAutoConfiguration;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The directory of recipients. */
@AutoConfiguration(after = NotificationDatabaseAutoConfiguration.class)
@EnableConfigurationProperties({
  PatternProperties.class,
  DirectoryProperties.class,
  GoneAddressProperties.class
})
public final class DirectoryAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  RecipientDirectory recipientDirectory(
      PatternProperties pattern,
      DirectoryProperties properties,
      ObjectProvider<RecipientTable> table,
      ObjectProvider<Clock> clock) {
    RecipientDirectory byPattern = new PatternDirectory(pattern.recipientPattern());
    return switch (properties.source()) {
      case PATTERN -> byPattern;
      case TABLE -> or(table.getObject()::find, properties, byPattern);
      case HTTP ->
          or(
              new HttpDirectory(properties.http(), clock.getIfUnique(Clock::systemUTC)),
              properties,
              byPattern);
    };
  }

  private static RecipientDirectory or(
      RecipientDirectory directory, DirectoryProperties properties, RecipientDirectory byPattern) {
    return properties.patternForOthers()
        ? ownerId -> directory.find(ownerId).or(() -> byPattern.find(ownerId))
        : directory;
  }

  /** Addresses that do not exist any more, wherever recipients are known from. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(NotificationDatabaseAutoConfiguration.class)
  static class Gone {

    @Bean
    GoneAddressTable goneAddresses(
        JdbcClient database,
        DatabaseSchema notificationSchema,
        GoneAddressProperties properties,
        ObjectProvider<Clock> clock) {
      return new GoneAddressTable(database, properties, clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    GoneAddressController goneAddressController(GoneAddressTable table) {
      return new GoneAddressController(table);
    }
  }

  /** The table and its API. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "notification.recipients.source", havingValue = "table")
  @ConditionalOnBean(NotificationDatabaseAutoConfiguration.class)
  static class Table {

    @Bean
    RecipientTable recipientTable(
        JdbcClient database, DatabaseSchema notificationSchema, ObjectProvider<Clock> clock) {
      return new RecipientTable(database, clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    RecipientController recipientController(RecipientTable table) {
      return new RecipientController(table);
    }
  }
}
