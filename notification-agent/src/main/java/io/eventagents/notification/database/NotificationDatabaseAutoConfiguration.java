package io.eventagents.notification.database;

import io.eventagents.DatabaseSchema;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The schema {@code notification}. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
      "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration"
    })
@ConditionalOnBean(DataSource.class)
public final class NotificationDatabaseAutoConfiguration {

  @Bean
  DatabaseSchema notificationSchema(DataSource dataSource, Environment environment) {
    return DatabaseSchema.migrate(
        dataSource, "notification", "classpath:db/notification", environment);
  }
}
