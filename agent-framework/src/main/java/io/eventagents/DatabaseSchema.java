package io.eventagents;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL schema that belongs to one application, with a Flyway history of its own, so that
 * several applications live in one database without sharing a table.
 *
 * <pre>{@code
 * @Bean
 * DatabaseSchema orchestratorSchema(DataSource dataSource) {
 *   return DatabaseSchema.migrate(dataSource, "orchestrator", "classpath:db/orchestrator");
 * }
 * }</pre>
 *
 * <p>A bean that uses the tables takes this one as an argument, and so is made after them.
 *
 * @param name the name of the schema; queries name their tables with it, {@code orchestrator.tasks}
 */
public record DatabaseSchema(String name) {

  /**
   * Creates the schema where it is missing and brings it up to date; tables of others may be in it.
   * Several instances may do so at once.
   *
   * @param dataSource the application's database
   * @param schema the name of the schema
   * @param location where its migrations are, such as {@code classpath:db/orchestrator}
   * @throws org.flywaydb.core.api.FlywayException where the database cannot be reached or a
   *     migration fails
   */
  public static DatabaseSchema migrate(DataSource dataSource, String schema, String location) {
    Flyway.configure()
        .dataSource(new LongStatements(dataSource))
        .schemas(schema)
        .defaultSchema(schema)
        .locations(location)
        .failOnMissingLocations(true)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    return new DatabaseSchema(schema);
  }
}
