package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.DependencyUnavailable;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

class DatabaseProblemsTests {

  private static WebApp app;

  @RestController
  static class Ledger {

    @GetMapping("/ledger/{state}")
    void failing(@PathVariable String state) {
      throw new UncategorizedSQLException(
          "task", "INSERT INTO secret", new SQLException("secret of a table", state));
    }

    @GetMapping("/commit/{state}")
    void committing(@PathVariable String state) {
      throw new TransactionSystemException("commit", new SQLException("secret", state));
    }

    @GetMapping("/connection")
    void connecting() {
      throw new CannotCreateTransactionException("no connection");
    }

    @GetMapping("/wrapped/{state}")
    void wrapped(@PathVariable String state) {
      throw new DependencyUnavailable("database", new SQLException("secret", state));
    }

    @GetMapping("/elsewhere")
    void elsewhere() {
      throw new DependencyUnavailable("secret.example.com", null);
    }
  }

  @BeforeAll
  static void start() {
    app = WebApp.start(new SpringApplication(WebApp.Application.class, Ledger.class));
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/ledger/25006, 5, it is read-only (SQLSTATE 25006)",
    "/ledger/53100, 5, its disk is full (SQLSTATE 53100)",
    "/commit/58030, 5, its system fails (SQLSTATE 58030)",
    "/wrapped/25006, 5, it is read-only (SQLSTATE 25006)",
    "/connection, 5, it cannot be reached",
    "/ledger/40001, 1, another transaction was in the way (SQLSTATE 40001)"
  })
  void areAnsweredWith503AndSayWhy(String path, String retryAfter, String why) {
    HttpResponse<String> response = app.get(path);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue(retryAfter);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = WebApp.json(response);
    assertThat(problem.get("detail").asString()).contains(why).doesNotContain("secret");
    assertThat(problem.get("correlation_id").asString()).isNotBlank();
  }

  @Test
  void areNotOfferedInAnotherFormat() {
    HttpResponse<String> response = app.get("/ledger/25006", "Accept", "text/html");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ledger/23505", "/ledger/42P01", "/elsewhere"})
  void leaveOtherFailuresAsTheyAre(String path) {
    HttpResponse<String> response = app.get(path);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("secret");
  }
}
