package io.eventagents.audit;

import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.log.LogWitness;
import io.eventagents.embedded.EmbeddedServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ReindexCommandTests {

  private static String url;

  @TempDir Path path;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeAll
  static void database() {
    url = EmbeddedServers.postgreSql().createDatabase("audit_reindex");
  }

  /**
   * The command silences the logging, since it has the process to itself. Other tests read the
   * logging.
   */
  @AfterAll
  static void logAsBefore() {
    LoggingSystem.get(ReindexCommandTests.class.getClassLoader())
        .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
  }

  @Test
  void rebuildsTheIndexOfALogThatNobodyWrites() throws Exception {
    try (LogDirectory directory = LogDirectory.open(path);
        AuditLog log =
            AuditLog.open(
                directory,
                Clock.systemUTC(),
                LogMeter.NONE,
                GapReasons.UNTOLD,
                LogWitness.NONE,
                null)) {
      log.accept(
          batch(
              event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"),
              event(1, "b", "a.done", "a", "2025-01-15T10:00:01Z")));
    }

    assertThat(run(url)).isZero();

    assertThat(printed()).contains("The index is made: 2 records");
    var server = EmbeddedServers.postgreSql();
    JdbcTemplate jdbc =
        new JdbcTemplate(new DriverManagerDataSource(url, server.username(), server.password()));
    assertThat(jdbc.queryForList("select event_id from audit.records order by 1", String.class))
        .containsExactly("a", "b");
  }

  @Test
  void saysWhatToDoIfAnAgentWritesTheLog() throws Exception {
    try (LogDirectory held = LogDirectory.open(path)) {
      assertThat(run(url)).isEqualTo(1);

      assertThat(printed())
          .contains(held.path().toString())
          .contains("POST /audit/reindex does the same while an agent runs");
    }
  }

  @Test
  void saysThatTheDatabaseCannotBeReached() {
    assertThat(run("jdbc:postgresql://127.0.0.1:1/none")).isEqualTo(1);

    assertThat(printed()).contains("The index is not made: ").contains("127.0.0.1:1");
  }

  private int run(String databaseUrl) {
    var server = EmbeddedServers.postgreSql();
    return ReindexCommand.run(
        new String[] {
          "--audit.directory=" + path,
          "--spring.datasource.url=" + databaseUrl,
          "--spring.datasource.username=" + server.username(),
          "--spring.datasource.password=" + server.password(),
          "--spring.datasource.hikari.initialization-fail-timeout=1",
          "--spring.datasource.hikari.connection-timeout=1000"
        },
        new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
