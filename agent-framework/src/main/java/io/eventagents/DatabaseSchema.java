package io.eventagents;

import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * A PostgreSQL schema that belongs to one application, with a Flyway history of its own, so that
 * several applications live in one database without sharing a table.
 *
 * <pre>{@code
 * @Bean
 * DatabaseSchema orchestratorSchema(DataSource dataSource, Environment environment) {
 *   return DatabaseSchema.migrate(
 *       dataSource, "orchestrator", "classpath:db/orchestrator", environment);
 * }
 * }</pre>
 *
 * <p>A bean that uses the tables takes this bean as an argument, and so is made after the tables.
 *
 * <p>While an application is upgraded, instances of the version before work on the migrated tables:
 * a migration adds, and what it makes superfluous is removed by a later version. A migration that
 * removes something names the oldest migration that an instance must know to work without it, at
 * the end of its file's name: {@code V9__drop_old_due_at_needs_7.sql}. An instance that knows less
 * refuses to start on such a schema, and an instance that knows more does not migrate a schema on
 * which such instances may still work; both say so in an {@link IncompatibleSchema}.
 *
 * @param name the name of the schema; queries name their tables with it, {@code orchestrator.tasks}
 */
public record DatabaseSchema(String name) {

  /**
   * Creates the schema if it is missing and brings it up to date; it may hold tables of others.
   * Several instances may do so at once. All missing migrations run in one transaction.
   *
   * @param dataSource the application's database
   * @param schema the name of the schema
   * @param location where its migrations are, such as {@code classpath:db/orchestrator}
   * @param environment the settings of the application, among which {@code
   *     event-agents.database.no-older-instances} names schemas without instances that know less
   * @throws IncompatibleSchema if this version does not work on the schema, or an older one that
   *     may still run would not work on what it becomes; the schema is left as it is
   * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached or a migration
   *     fails
   */
  public static DatabaseSchema migrate(
      DataSource dataSource, String schema, String location, Environment environment) {
    return migrate(
        Flyway.configure()
            .dataSource(dataSource)
            .schemas(schema)
            .defaultSchema(schema)
            .locations(location)
            .failOnMissingLocations(true),
        environment);
  }

  /**
   * The same for a program without a Spring {@link Environment}: settings are read from system
   * properties and environment variables.
   *
   * @param dataSource the application's database
   * @param schema the name of the schema
   * @param location where its migrations are, such as {@code classpath:db/orchestrator}
   * @throws IncompatibleSchema as with an environment
   * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached or a migration
   *     fails
   */
  public static DatabaseSchema migrate(DataSource dataSource, String schema, String location) {
    return migrate(dataSource, schema, location, new StandardEnvironment());
  }

  /**
   * The same with a configuration of Flyway that differs, for example in the name of the history's
   * table. How the schema is baselined and that migrations are grouped is set here, and a callback
   * is added.
   *
   * @param flyway the configuration, with data source, default schema and locations
   * @param environment the settings of the application
   * @throws IncompatibleSchema as above
   * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached or a migration
   *     fails
   */
  public static DatabaseSchema migrate(FluentConfiguration flyway, Environment environment) {
    Flyway configured =
        flyway
            .dataSource(new LongStatements(flyway.getDataSource()))
            .baselineOnMigrate(true)
            .baselineVersion("0")
            // An upgrade that breaks off leaves the schema at its old version.
            .group(true)
            .callbacks(
                Stream.concat(Stream.of(flyway.getCallbacks()), Stream.of(new SearchPathReset()))
                    .toArray(Callback[]::new))
            .load();
    String schema = flyway.getDefaultSchema();
    SchemaUpgrade.of(schema, configured.info()).check(NoOlderInstances.of(environment));
    configured.migrate();
    return new DatabaseSchema(schema);
  }
}
