package io.eventagents.autoconfigure;

import io.eventagents.LongStatements;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The schema with the framework's tables, which exist when this does.
 *
 * @param name as SQL names it, in double quotes
 */
record FrameworkSchema(String name) {

  /**
   * Creates the tables, or brings them up to date. They may be in a schema with others: the history
   * is a table of its own.
   */
  static FrameworkSchema migrate(DataSource dataSource, DatabaseProperties properties) {
    Flyway.configure()
        .dataSource(new LongStatements(dataSource))
        .schemas(properties.schema())
        .defaultSchema(properties.schema())
        .table("event_agents_schema_history")
        .locations("classpath:io/eventagents/db")
        .failOnMissingLocations(true)
        .placeholderReplacement(false)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    return new FrameworkSchema(properties.schema());
  }
}
