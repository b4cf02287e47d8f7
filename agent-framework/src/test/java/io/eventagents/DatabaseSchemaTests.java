package io.eventagents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.embedded.EmbeddedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.env.MockEnvironment;

/** Versions of an application that meet a schema of another version. */
class DatabaseSchemaTests {

  private static final String FIRST = "V1__jobs: create table jobs (id text, due text)";
  private static final String ADDS = "V2__due_at: alter table jobs add column due_at timestamptz";
  private static final String REMOVES = "V3__drop_due_needs_2: alter table jobs drop column due";

  private static final DataSource DATA_SOURCE =
      new DriverManagerDataSource(
          EmbeddedServers.postgreSql().createDatabase("schemas"),
          EmbeddedServers.postgreSql().username(),
          "");

  @TempDir Path directory;
  private final MockEnvironment environment = new MockEnvironment();
  private final String schema = "s" + UUID.randomUUID().toString().replace("-", "");

  @Test
  void aNewSchemaIsMadeWhateverItsMigrationsNeed() {
    start(FIRST, ADDS, REMOVES);

    assertThat(columns()).containsExactly("id", "due_at");
  }

  @Test
  void aSchemaWithTablesOfOthersIsNew() {
    JdbcClient.create(DATA_SOURCE).sql("create schema " + schema).update();
    JdbcClient.create(DATA_SOURCE).sql("create table " + schema + ".others (id text)").update();

    start(FIRST, ADDS, REMOVES);

    assertThat(columns()).containsExactly("id", "due_at");
  }

  @Test
  void theVersionBeforeWorksOnWhatWasAdded() {
    start(FIRST);
    start(FIRST, ADDS);
    start(FIRST);

    assertThat(columns()).containsExactly("id", "due", "due_at");
  }

  @Test
  void aVersionThatKnowsTheSuccessorWorksWithoutWhatWasRemoved() {
    start(FIRST, ADDS);
    start(FIRST, ADDS, REMOVES);
    start(FIRST, ADDS);

    assertThat(columns()).containsExactly("id", "due_at");
  }

  @Test
  void aVersionThatWouldMissWhatWasRemovedDoesNotStart() {
    start(FIRST, ADDS, REMOVES);

    assertThatExceptionOfType(IncompatibleSchema.class)
        .isThrownBy(() -> start(FIRST))
        .withMessage(
            "A newer version of this application has brought the schema %s to version 3. This one knows version 1 of it and does not work on that, which needs 2. Start the newer version. The way back to this one is a backup of the database from before the upgrade.",
            schema);
  }

  @Test
  void nothingIsRemovedThatOlderInstancesMayUse() {
    start(FIRST);

    assertThatExceptionOfType(IncompatibleSchema.class)
        .isThrownBy(() -> start(FIRST, ADDS, REMOVES))
        .withMessage(
            "The schema %1$s is at version 1, and this version of the application brings it to 3. An instance that knows version 1 only would fail on that, which needs 2, and give up events; so nothing is changed. Stop all older instances of this application, then start it with event-agents.database.no-older-instances=%1$s@1.",
            schema);
    assertThat(columns()).containsExactly("id", "due");
  }

  @Test
  void itIsRemovedOnceSomebodySaysThatNoneRuns() {
    start(FIRST);
    environment.setProperty(NoOlderInstances.SETTING, "other@1," + schema + "@1");

    start(FIRST, ADDS, REMOVES);

    assertThat(columns()).containsExactly("id", "due_at");
  }

  @Test
  void whoeverHasTheDatabaseAloneSaysSoForAllSchemas() {
    start(FIRST);
    environment.setProperty(NoOlderInstances.SETTING, "*");

    start(FIRST, ADDS, REMOVES);

    assertThat(columns()).containsExactly("id", "due_at");
  }

  @Test
  void whatWasSaidOfAnEarlierUpgradeDoesNotCountForTheNext() {
    start(FIRST);
    environment.setProperty(NoOlderInstances.SETTING, schema + "@1");
    start(FIRST, ADDS, REMOVES);

    assertThatExceptionOfType(IncompatibleSchema.class)
        .isThrownBy(
            () ->
                start(
                    FIRST,
                    ADDS,
                    REMOVES,
                    "V4__note: alter table jobs add column note text",
                    "V5__no_due_at_needs_4: alter table jobs drop column due_at"))
        .withMessageContaining(schema + "@3");
  }

  @Test
  void anUpgradeThatBreaksOffChangesNothing() {
    start(FIRST);

    assertThatExceptionOfType(FlywayException.class)
        .isThrownBy(() -> start(FIRST, ADDS, "V3__broken: alter table none drop column due"));
    assertThat(columns()).containsExactly("id", "due");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "@1", "jobs@", "jobs@1,1"})
  void refusesASettingThatNamesNoVersion(String setting) {
    environment.setProperty(NoOlderInstances.SETTING, setting);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(FIRST))
        .withMessageContaining("name a schema and its version");
  }

  /** A start of the version of the application that has these migrations, {@code name: SQL}. */
  private void start(String... migrations) {
    Path location = directory.resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(location);
      for (String migration : migrations) {
        int end = migration.indexOf(": ");
        Files.writeString(
            location.resolve(migration.substring(0, end) + ".sql"), migration.substring(end + 2));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    DatabaseSchema.migrate(DATA_SOURCE, schema, "filesystem:" + location, environment);
  }

  private List<@Nullable String> columns() {
    return JdbcClient.create(DATA_SOURCE)
        .sql(
            """
            select column_name from information_schema.columns
            where table_schema = ? and table_name = 'jobs' order by ordinal_position
            """)
        .param(schema)
        .query(String.class)
        .list();
  }
}
