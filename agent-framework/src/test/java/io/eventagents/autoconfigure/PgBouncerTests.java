package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.Agent;
import io.eventagents.DatabaseSchema;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.embedded.PgBouncer;
import io.eventagents.outbox.OutboxRelay;
import io.eventagents.outbox.RelayState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two instances behind a pooler that lends a session for one transaction at a time. */
@Timeout(300)
class PgBouncerTests {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String DATABASE = "pooled";
  private static final int EVENTS = 100;

  @EventType("plot.sold")
  record PlotSold(String plotId) {}

  @EventType("fence.built")
  record FenceBuilt(String plotId) {}

  @EventType("letter.sent")
  record LetterSent(String plotId) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    @Agent(effects = Effects.DATABASE)
    Function<Event<PlotSold>, FenceBuilt> fencing(JdbcClient jdbc) {
      return event -> {
        jdbc.sql("INSERT INTO fences VALUES (?)").param(event.data().plotId()).update();
        return new FenceBuilt(event.data().plotId());
      };
    }

    @Bean
    @Agent(effects = Effects.EXTERNAL)
    Function<Event<PlotSold>, LetterSent> writing() {
      return event -> new LetterSent(event.data().plotId());
    }
  }

  @Test
  void eachEventIsSentOnceByOneRelayAtATime(@TempDir Path folder) {
    assumeFalse(PgBouncer.isMissing(), "Debian's package pgbouncer is not installed");
    EmbeddedPostgreSql server = EmbeddedServers.postgreSql();
    server.createDatabase(DATABASE);
    try (PgBouncer pooler = PgBouncer.inFrontOf(server, folder);
        Records records = new Records(EmbeddedServers.kafka().bootstrapServers());
        ConfigurableApplicationContext first = run(pooler);
        ConfigurableApplicationContext second = run(pooler)) {
      JdbcClient jdbc = first.getBean(JdbcClient.class);
      jdbc.sql("CREATE TABLE fences (plot_id text)").update();
      await().atMost(SOON).until(() -> leading(first, second).size() == 1);
      records.awaitTopic("plot-events");
      sell(records, 0, EVENTS);
      awaitSent(records, EVENTS);
      assertThat(leading(first, second)).hasSize(1);

      leading(first, second).getFirst().close();
      sell(records, EVENTS, 2 * EVENTS);
      awaitSent(records, 2 * EVENTS);

      assertThat(sent(records, "fence-events")).doesNotHaveDuplicates();
      assertThat(sent(records, "letter-events")).doesNotHaveDuplicates();
    }
  }

  /** Its schema is set for a session that may belong to another client a moment later. */
  @Test
  void tablesAreMadeInTheirSchemaThoughSeveralInstancesStartAtOnce(@TempDir Path folder)
      throws Exception {
    assumeFalse(PgBouncer.isMissing(), "Debian's package pgbouncer is not installed");
    EmbeddedPostgreSql server = EmbeddedServers.postgreSql();
    server.createDatabase("pooled-tables");
    try (PgBouncer pooler = PgBouncer.inFrontOf(server, folder);
        HikariDataSource pool = new HikariDataSource();
        ExecutorService threads = Executors.newFixedThreadPool(6)) {
      pool.setJdbcUrl(pooler.jdbcUrl("pooled-tables"));
      pool.setUsername(server.username());
      pool.setMaximumPoolSize(20);
      List<Callable<DatabaseSchema>> starts =
          IntStream.range(0, 6)
              .<Callable<DatabaseSchema>>mapToObj(
                  n -> () -> DatabaseSchema.migrate(pool, "s" + n % 2, "classpath:db/orders"))
              .toList();
      for (Future<DatabaseSchema> made : threads.invokeAll(starts)) {
        made.get();
      }

      assertThat(
              JdbcClient.create(pool)
                  .sql(
                      """
                      SELECT schemaname || '.' || tablename FROM pg_tables
                      WHERE tablename = 'orders' OR schemaname = 'public' ORDER BY 1
                      """)
                  .query(String.class)
                  .list())
          .containsExactly("s0.orders", "s1.orders");
    }
  }

  /** The next user of the session would make tables there and not find its own. */
  @Test
  void migrationLeavesNoSessionLookingInItsSchema(@TempDir Path folder) throws Exception {
    assumeFalse(PgBouncer.isMissing(), "Debian's package pgbouncer is not installed");
    EmbeddedPostgreSql server = EmbeddedServers.postgreSql();
    server.createDatabase("pooled-sessions");
    try (PgBouncer pooler = PgBouncer.inFrontOf(server, folder);
        HikariDataSource pool = new HikariDataSource()) {
      pool.setJdbcUrl(pooler.jdbcUrl("pooled-sessions"));
      pool.setUsername(server.username());
      assertThat(searchPaths(pool)).containsOnly("\"$user\", public");

      for (int n = 0; n < 2 * PgBouncer.CONNECTIONS; n++) {
        DatabaseSchema.migrate(pool, "s" + n, "classpath:db/orders");
      }

      assertThat(searchPaths(pool)).containsOnly("\"$user\", public");
    }
  }

  /** Asks all sessions: each is in a transaction while the others are asked. */
  private static List<String> searchPaths(DataSource pool) throws SQLException {
    List<String> paths = new ArrayList<>();
    List<Connection> transactions = new ArrayList<>();
    try {
      for (int n = 0; n < PgBouncer.CONNECTIONS; n++) {
        Connection connection = pool.getConnection();
        transactions.add(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
            ResultSet answer = statement.executeQuery("SHOW search_path")) {
          answer.next();
          paths.add(answer.getString(1));
        }
      }
    } finally {
      for (Connection connection : transactions) {
        connection.close();
      }
    }
    return paths;
  }

  private static List<ConfigurableApplicationContext> leading(
      ConfigurableApplicationContext... instances) {
    return Stream.of(instances)
        .filter(ConfigurableApplicationContext::isActive)
        .filter(one -> one.getBean(OutboxRelay.class).state() == RelayState.SENDING)
        .toList();
  }

  private static void sell(Records records, int from, int to) {
    IntStream.range(from, to)
        .mapToObj(plot -> "plot-" + plot)
        .forEach(plot -> records.sendWithoutWaiting("plot-events", plot, sold(plot)));
  }

  private static void awaitSent(Records records, int events) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(sent(records, "fence-events")).hasSizeGreaterThanOrEqualTo(events);
              assertThat(sent(records, "letter-events")).hasSizeGreaterThanOrEqualTo(events);
            });
  }

  private static List<String> sent(Records records, String topic) {
    records.awaitTopic(topic);
    return records.matching(topic, record -> true, 0).stream()
        .map(record -> new String(record.key(), UTF_8))
        .toList();
  }

  private static String sold(String plot) {
    return """
    {"event_id": "sold-%1$s", "event_type": "plot.sold", "occurred_at": "2025-01-15T14:30:22.456Z",
     "data": {"plot_id": "%1$s"},
     "metadata": {"correlation_id": "req-%1$s", "causation_id": "call", "source": "shop"}}
    """
        .formatted(plot);
  }

  private static ConfigurableApplicationContext run(PgBouncer pooler) {
    return SpringApplication.run(
        Application.class,
        "--spring.main.web-application-type=none",
        "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers(),
        "--spring.datasource.url=" + pooler.jdbcUrl(DATABASE),
        "--spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
        "--spring.datasource.password=" + EmbeddedServers.postgreSql().password());
  }
}
