package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.CorrelationId;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CorrelationTests {

  private static WebApp app;

  @BeforeAll
  static void start() {
    app = WebApp.start("--logging.config=classpath:io/eventagents/web/console.xml");
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void takesOverTheClientsId() {
    HttpResponse<String> response =
        app.get("/orders?limit=3", CorrelationId.HTTP_HEADER, "a.b_c:1-2");

    assertThat(response.headers().allValues(CorrelationId.HTTP_HEADER))
        .containsExactly("a.b_c:1-2");
    assertThat(WebApp.json(response).get("seen").asString()).isEqualTo("a.b_c:1-2");
  }

  @Test
  void makesOneUpIfTheClientSentNone() {
    String first = id(app.get("/orders?limit=3"));
    String second = id(app.get("/orders?limit=3"));

    assertThat(first).matches("req-[0-9a-f-]{36}").isNotEqualTo(second);
  }

  @Test
  void acceptsTheSameIdTwice() {
    HttpResponse<String> response =
        app.get("/orders?limit=3", CorrelationId.HTTP_HEADER, "a", CorrelationId.HTTP_HEADER, "a");

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void refusesDifferentIds() {
    HttpResponse<String> response =
        app.get("/orders?limit=3", CorrelationId.HTTP_HEADER, "a", CorrelationId.HTTP_HEADER, "b");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(WebApp.json(response).at("/errors/0/field").asString())
        .isEqualTo("X-Correlation-ID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "a,b", "<script>"})
  void refusesMalformedIds(String malformed) throws IOException {
    String answer =
        app.raw(
            "GET /orders?limit=3 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + CorrelationId.HTTP_HEADER
                + ": "
                + malformed
                + "\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json")
        .contains("X-Correlation-ID: req-")
        .contains("nosniff");
  }

  @Test
  void refusesTooLongIds() {
    assertThat(app.get("/orders?limit=3", CorrelationId.HTTP_HEADER, "a".repeat(128)).statusCode())
        .isEqualTo(200);
    assertThat(app.get("/orders?limit=3", CorrelationId.HTTP_HEADER, "a".repeat(129)).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders?limit=x", "/nowhere", "/broken", "/refused", "/a//b", "/a;b"})
  void isOnErrorsAndInTheirDocuments(String path) {
    HttpResponse<String> response = app.get(path, CorrelationId.HTTP_HEADER, "req-1");

    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(response.headers().allValues(CorrelationId.HTTP_HEADER)).containsExactly("req-1");
    assertThat(WebApp.json(response).get("correlation_id").asString()).isEqualTo("req-1");
  }

  @Test
  void isInEveryLineOfTheLog(CapturedOutput output) {
    app.get("/orders?limit=3", CorrelationId.HTTP_HEADER, "req-log-1");
    app.get("/broken", CorrelationId.HTTP_HEADER, "req-log-2");

    assertThat(output.getOut().lines().filter(line -> line.contains("listing orders")))
        .singleElement()
        .asString()
        .contains("[req-log-1] ");
    assertThat(output.getOut().lines().filter(line -> line.contains("GET /broken failed")))
        .singleElement()
        .asString()
        .contains("[req-log-2] ");
    assertThat(output.getOut().lines().filter(line -> line.contains("ERROR"))).hasSize(1);
  }

  private static String id(HttpResponse<String> response) {
    return response.headers().firstValue(CorrelationId.HTTP_HEADER).orElseThrow();
  }
}
