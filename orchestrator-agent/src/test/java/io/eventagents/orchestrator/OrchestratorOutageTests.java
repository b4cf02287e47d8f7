package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.embedded.EmbeddedPostgreSql;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Uses servers of its own, and stops them. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext // or it would go on looking for the servers
class OrchestratorOutageTests {

  private static final EmbeddedKafka KAFKA = EmbeddedKafka.builder().start();
  private static final EmbeddedPostgreSql POSTGRESQL = EmbeddedPostgreSql.builder().start();
  private static final TaskEvents EVENTS = new TaskEvents(KAFKA.bootstrapServers());

  @LocalServerPort private int port;

  private TaskClient client = TaskClient.of(0);

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    registry.add("spring.kafka.bootstrap-servers", KAFKA::bootstrapServers);
    registry.add("spring.datasource.url", () -> POSTGRESQL.createDatabase("orchestrator_agent"));
    registry.add("spring.datasource.username", POSTGRESQL::username);
    registry.add("spring.datasource.password", POSTGRESQL::password);
    registry.add("spring.datasource.hikari.connection-timeout", () -> "1000");
  }

  @BeforeEach
  void connect() {
    client = TaskClient.of(port);
  }

  @AfterAll
  static void close() {
    EVENTS.close();
    KAFKA.close();
    POSTGRESQL.close();
  }

  @Test
  void goesOnWithoutTheBroker() {
    EVENTS.await(client.created("before"), 1);
    List<String> ids = new ArrayList<>();
    KAFKA.stop();
    try {
      for (int number = 0; number < 10; number++) {
        String id = client.created("task " + number);
        assertThat(client.patch(id, "{\"priority\":5}").statusCode()).isEqualTo(200);
        assertThat(client.complete(id).statusCode()).isEqualTo(200);
        ids.add(id);
      }
      assertThat(client.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      assertThat(client.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    } finally {
      KAFKA.start();
    }

    assertThat(ids)
        .allSatisfy(
            id ->
                assertThat(EVENTS.await(id, 3))
                    .containsExactly("task.created", "task.updated", "task.completed"));
  }

  @Test
  void saysSoIfTheDatabaseIsAway() {
    String id = client.created("a");
    POSTGRESQL.stop();
    try {
      HttpResponse<String> refused =
          client.post("/tasks", "{\"title\":\"b\",\"owner_id\":\"user-456\"}");
      client.problem(refused, 503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      client.problem(client.get("/tasks/" + id), 503);
      assertThat(client.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertThat(client.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    } finally {
      POSTGRESQL.start();
    }

    Awaitility.await().until(() -> client.get("/tasks/" + id).statusCode() == 200);
    assertThat(EVENTS.await(client.created("c"), 1)).containsExactly("task.created");
  }

  @Test
  void saysSoIfTheDatabaseIsReadOnly() throws SQLException {
    String id = client.created("a");
    administer("ALTER SYSTEM SET default_transaction_read_only = on");
    try {
      HttpResponse<String> refused =
          Awaitility.await() // the sessions of the server learn of it one after the other
              .until(
                  () -> client.post("/tasks", "{\"title\":\"b\",\"owner_id\":\"user-456\"}"),
                  answer -> answer.statusCode() != 201);
      client.problem(refused, 503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(refused.body()).contains("it is read-only (SQLSTATE 25006)");
      assertThat(client.get("/tasks/" + id).statusCode()).isEqualTo(200);
      Awaitility.await()
          .untilAsserted(
              () -> {
                HttpResponse<String> readiness = client.get("/actuator/health/readiness");
                assertThat(readiness.statusCode()).isEqualTo(503);
                assertThat(readiness.body()).contains("\"sql_state\":\"25006\"", "read-only");
                assertThat(client.get("/actuator/health").body())
                    .contains("\"sql_state\":\"25006\"");
              });
      assertThat(client.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    } finally {
      administer("ALTER SYSTEM RESET default_transaction_read_only");
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/actuator/health/readiness").statusCode() == 200);
    assertThat(EVENTS.await(client.created("c"), 1)).containsExactly("task.created");
  }

  @Test
  void noticesThatTheDatabaseIsReadOnlyEvenIfNobodyWrites() throws SQLException {
    administer("ALTER SYSTEM SET default_transaction_read_only = on");
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> client.get("/actuator/health/readiness").statusCode() == 503);
    } finally {
      administer("ALTER SYSTEM RESET default_transaction_read_only");
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/actuator/health/readiness").statusCode() == 200);
  }

  private static void administer(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                POSTGRESQL.jdbcUrl("postgres"), POSTGRESQL.username(), POSTGRESQL.password());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
      sql.execute("SELECT pg_reload_conf()");
    }
  }
}
