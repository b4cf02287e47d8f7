package io.eventagents.autoconfigure;

import io.eventagents.DatabaseSchema;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.core.env.Environment;

/**
 * The schema with the framework's tables, which exist when this does.
 *
 * @param name as SQL names it, in double quotes
 */
record FrameworkSchema(String name) {

  /**
   * Creates the tables or brings them up to date. Their schema may hold other tables: the history
   * is a table of its own.
   */
  static FrameworkSchema migrate(
      DataSource dataSource, DatabaseProperties properties, Environment environment) {
    DatabaseSchema.migrate(
        Flyway.configure()
            .dataSource(dataSource)
            .schemas(properties.schema())
            .defaultSchema(properties.schema())
            .table("event_agents_schema_history")
            .locations("classpath:io/eventagents/db")
            .failOnMissingLocations(true)
            .placeholderReplacement(false),
        environment);
    return new FrameworkSchema(properties.schema());
  }
}
