package io.eventagents.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgreSqlTests {

  @Test
  void keepsCommittedDataAndWritesItToDisk(@TempDir Path directory) throws Exception {
    Path data = directory.resolve("data");
    try (EmbeddedPostgreSql postgreSql = EmbeddedPostgreSql.builder().dataDirectory(data).start()) {
      String url = postgreSql.createDatabase("the-Orders");
      execute(postgreSql, url, "create table orders (id text)");
      execute(postgreSql, url, "insert into orders values ('o-1')");
      postgreSql.stop();
      postgreSql.start();

      assertThat(query(postgreSql, url, "select id from orders")).containsExactly("o-1");
      assertThat(query(postgreSql, url, "show fsync")).containsExactly("on");
      assertThat(query(postgreSql, url, "show synchronous_commit")).containsExactly("on");
      assertThat(query(postgreSql, url, "show full_page_writes")).containsExactly("on");
    }
    try (EmbeddedPostgreSql again = EmbeddedPostgreSql.builder().dataDirectory(data).start()) {
      String url = again.createDatabase("the-Orders");

      assertThat(query(again, url, "select id from orders")).containsExactly("o-1");
    }
  }

  @Test
  void keepsCommittedDataWhenItIsKilled(@TempDir Path directory) throws Exception {
    Path data = directory.resolve("data");
    try (EmbeddedPostgreSql postgreSql = EmbeddedPostgreSql.builder().dataDirectory(data).start()) {
      String url = postgreSql.createDatabase("orders");
      execute(postgreSql, url, "create table orders (id text)");
      execute(postgreSql, url, "insert into orders values ('o-1')");
      postgreSql.kill();

      assertThat(postgreSql.isRunning()).isFalse();
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> query(postgreSql, url, "select 1"));
      postgreSql.start();
      assertThat(query(postgreSql, url, "select id from orders")).containsExactly("o-1");
    }
  }

  @Test
  void isFastAndLeavesNothingBehindWithoutADataDirectory() throws Exception {
    EmbeddedPostgreSql postgreSql = EmbeddedPostgreSql.builder().start();
    try (postgreSql) {
      assertThat(query(postgreSql, postgreSql.jdbcUrl("postgres"), "show fsync"))
          .containsExactly("off");
    }

    assertThat(postgreSql.dataDirectory()).doesNotExist();
    assertThat(ServerLog.of(postgreSql.dataDirectory()).file()).doesNotExist();
  }

  @Test
  void stopsTheServerThatAKilledProcessLeftBehind(@TempDir Path directory) throws Exception {
    Path data = directory.resolve("data");
    Process host = hostProcess(data);
    String ready = host.inputReader().readLine();
    host.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    ProcessHandle orphan = Postmaster.of(data).orElseThrow().process();
    assertThat(ready).isEqualTo("ready");
    assertThat(orphan.isAlive()).isTrue();

    try (EmbeddedPostgreSql postgreSql = EmbeddedPostgreSql.builder().dataDirectory(data).start()) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(query(postgreSql, postgreSql.jdbcUrl("kept"), "select 1")).containsExactly("1");
    }
  }

  @Test
  void leavesTheServerOfARunningProcessAlone(@TempDir Path directory) throws Exception {
    Path data = directory.resolve("data");
    try (EmbeddedPostgreSql first = EmbeddedPostgreSql.builder().dataDirectory(data).start()) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> EmbeddedPostgreSql.builder().dataDirectory(data).start())
          .withMessageContaining("in use by another process");
      assertThat(query(first, first.jdbcUrl("postgres"), "select 1")).containsExactly("1");
    }
  }

  @Test
  void startsOverIfTheFirstStartWasCutShort(@TempDir Path directory) throws Exception {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("postgresql.conf"), "half of");
    InitialisationMark.of(data).begin();

    try (EmbeddedPostgreSql postgreSql = EmbeddedPostgreSql.builder().dataDirectory(data).start()) {
      assertThat(query(postgreSql, postgreSql.jdbcUrl("postgres"), "select 1"))
          .containsExactly("1");
      assertThat(InitialisationMark.of(data).file()).doesNotExist();
    }
  }

  @Test
  void saysWhyItDidNotStart(@TempDir Path directory) throws Exception {
    Path data = directory.resolve("data");
    EmbeddedPostgreSql.Builder builder =
        EmbeddedPostgreSql.builder().dataDirectory(data).patience(Duration.ofSeconds(3));
    try (EmbeddedPostgreSql postgreSql = builder.start()) {
      postgreSql.stop();
      Files.writeString(data.resolve("postgresql.conf"), "no_such_setting = 1");

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(postgreSql::start)
          .withMessageContaining("no_such_setting");
    }
  }

  @Test
  void refusesDatabaseNamesThatNeedQuoting() {
    try (EmbeddedPostgreSql postgreSql = EmbeddedPostgreSql.builder().start()) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> postgreSql.createDatabase("x\"; drop database y"))
          .withMessageContaining("63 letters");
    }
  }

  private static Process hostProcess(Path data) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(HostProcess.class.getName(), data.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** A JVM that starts a server and then only waits to be killed. */
  static final class HostProcess {

    private HostProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
      EmbeddedPostgreSql server =
          EmbeddedPostgreSql.builder().dataDirectory(Path.of(arguments[0])).start();
      server.createDatabase("kept");
      System.out.println("ready");
      Thread.sleep(Duration.ofMinutes(1));
      server.close();
    }
  }

  private static void execute(EmbeddedPostgreSql server, String url, String sql)
      throws SQLException {
    try (Connection connection = connect(server, url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(EmbeddedPostgreSql server, String url, String sql)
      throws SQLException {
    try (Connection connection = connect(server, url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static Connection connect(EmbeddedPostgreSql server, String url) throws SQLException {
    return DriverManager.getConnection(url, server.username(), server.password());
  }
}
