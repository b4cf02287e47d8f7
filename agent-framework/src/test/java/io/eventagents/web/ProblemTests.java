package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProblemTests {

  private static WebApp app;

  @BeforeAll
  static void start() {
    app =
        WebApp.start(
            "--spring.jackson.property-naming-strategy=SNAKE_CASE",
            "--spring.jackson.deserialization.fail-on-unknown-properties=true");
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"customer_id\":\"c\",\"colour\":\"red\"}          | colour            | is not known",
        "{\"customer_id\":[]}                              | customer_id       | must be text",
        "{\"lines\":{}}                                    | lines             | must be a list",
        "{\"lines\":[{\"sku\":\"a\",\"quantity\":\"two\"}]}     | lines[0].quantity | must be a whole number",
      })
  void namesTheField(String body, String field, String message) {
    HttpResponse<String> response = app.post("/orders", body);

    JsonNode problem = problem(response, 400);
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(problem.at("/errors/0/message").asString()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "nonsense", "{\"customer_id\":\"c\"", "[]", "7", "\u0000"})
  void refusesWhatIsNoObject(String body) {
    assertThat(problem(app.post("/orders", body), 400).get("detail").asString()).isNotBlank();
  }

  @Test
  void namesTheParameter() {
    JsonNode wrong = problem(app.get("/orders?limit=many"), 400);
    JsonNode missing = problem(app.get("/orders"), 400);

    assertThat(wrong.at("/errors/0/field").asString()).isEqualTo("limit");
    assertThat(wrong.at("/errors/0/message").asString()).isEqualTo("must be a whole number");
    assertThat(missing.at("/errors/0/field").asString()).isEqualTo("limit");
    assertThat(missing.at("/errors/0/message").asString()).isEqualTo("is required");
  }

  @Test
  void hasAStatusForEveryCase() {
    problem(app.get("/nowhere"), 404);
    problem(app.get("/error"), 404);
    problem(app.get("/actuator/nowhere"), 404);
    problem(WebApp.send(app.at("/orders").DELETE()), 405);
    problem(app.get("/orders?limit=1", "Accept", "text/csv"), 406);
    problem(
        WebApp.send(
            app.at("/orders")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("a"))),
        415);
    problem(app.get("/a//b"), 400);
  }

  @Test
  void passesOnWhatTheApplicationSays() {
    JsonNode problem = problem(app.get("/refused"), 409);

    assertThat(problem.get("detail").asString()).isEqualTo("Sold out.");
    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("sku");
  }

  @Test
  void keepsTheReasonOfAFailureInside() {
    JsonNode problem = problem(app.get("/broken"), 500);

    assertThat(problem.get("detail").asString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /orders?limit=[1] HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a%2f..%2fb HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /../../x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "nonsense\r\n\r\n",
      })
  void answersMalformedRequestsWithoutNamingTheServer(String request) throws IOException {
    String answer = app.raw(request);

    assertThat(answer)
        .startsWith("HTTP/1.1 40")
        .doesNotContainIgnoringCase("tomcat")
        .doesNotContain("Exception", "<html", "at org.");
  }

  private static JsonNode problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).doesNotContain("java", "Exception", "springframework", "trace");
    JsonNode problem = WebApp.json(response);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("correlation_id").asString())
        .isEqualTo(response.headers().firstValue("X-Correlation-ID").orElseThrow());
    return problem;
  }
}
