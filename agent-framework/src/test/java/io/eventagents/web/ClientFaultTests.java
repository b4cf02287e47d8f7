package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ClientFaultTests {

  private static WebApp app;

  @BeforeAll
  static void start() {
    app =
        WebApp.start(
            "--management.server.port=0",
            "--management.server.address=127.0.0.1",
            "--logging.level.io.eventagents.web=debug");
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "%", "%zz", "\u00ff"})
  void saysThatAParameterCannotBeRead(String value, CapturedOutput log) throws IOException {
    for (String path : new String[] {"/orders", "/nowhere", "/", "/actuator/health"}) {
      String answer = send("GET " + path + "?limit=" + value + "&x=" + value);

      assertThat(answer)
          .startsWith("HTTP/1.1 40")
          .contains("application/problem+json", "correlation_id")
          .doesNotContain("org.", "Exception");
    }
    assertThat(log.getAll().lines().filter(line -> line.startsWith("\tat "))).isEmpty();
    assertThat(log.getAll()).doesNotContain("ERROR", "WARN");
  }

  @Test
  void tellsOfItInALineAtDebug(CapturedOutput log) throws IOException {
    assertThat(send("GET /orders?limit=%FF"))
        .startsWith("HTTP/1.1 400")
        .contains("The parameters cannot be read: each is UTF-8, percent-encoded");

    assertThat(log.getAll().lines().filter(line -> line.contains("/orders")))
        .singleElement()
        .asString()
        .contains("DEBUG");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                      | 415",
        "application/*                            | 415",
        "application/*+json                       | 415",
        "*                                        | 415",
        "application/json;charset=nonsense        | 415",
        "garbage                                  | 415",
        "multipart/form-data                      | 400",
        "multipart/form-data;boundary=            | 400",
        "multipart/form-data;boundary=x           | 415",
        "application/x-www-form-urlencoded        | 400",
      })
  void saysThatItDoesNotKnowWhatABodyIs(String type, int status, CapturedOutput log)
      throws IOException {
    assertThat(send("POST /orders", "Content-Type: " + type, "Content-Length: 5", "", "a=%FF"))
        .startsWith("HTTP/1.1 " + status)
        .contains("application/problem+json");

    assertThat(log.getAll()).doesNotContain("\tat ", "ERROR", "WARN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST"})
  void saysThatAFormCannotBeRead(String method, CapturedOutput log) throws IOException {
    String answer =
        send(
            method + " /bytes",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 3",
            "",
            "a=%");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    assertThat(log.getAll()).doesNotContain("\tat ", "ERROR", "WARN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "a/b/c", ";;;", "text/html;q=nonsense"})
  void answersClientsThatCannotSayWhatTheyAccept(String accept, CapturedOutput log)
      throws IOException {
    for (String path : new String[] {"/orders?limit=1", "/nowhere", "/refused", "/"}) {
      assertThat(send("GET " + path, "Accept: " + accept))
          .startsWith("HTTP/1.1 406")
          .contains("application/problem+json", "correlation_id");
    }
    assertThat(log.getAll()).doesNotContain("\tat ", "ERROR", "WARN");
  }

  @Test
  void refusesAHostOfThousandsOfLabels(CapturedOutput log) throws IOException {
    String answer =
        exchange(
            app.port(),
            "GET /orders?limit=1 HTTP/1.1\r\nHost: "
                + "a.".repeat(3500)
                + "example\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 421").contains("application/problem+json");
    assertThat(log.getAll()).doesNotContain("\tat ", "ERROR", "WARN");
  }

  @Test
  void holdsForActuatorOnAPortOfItsOwn() throws IOException {
    for (String path :
        new String[] {"/%FF", "/actuator/health?x=%FF", "/a%2f..%2fb", "/actuator/;a", "/a//b"}) {
      assertThat(
              exchange(
                  app.managementPort(),
                  "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 4")
          .contains("application/problem+json", "correlation_id");
    }
  }

  private static String send(String request, String... headersAndBody) throws IOException {
    boolean body = Arrays.asList(headersAndBody).contains("");
    String[] lines =
        Stream.concat(
                Stream.of(request + " HTTP/1.1", "Host: localhost", "Connection: close"),
                Stream.of(headersAndBody))
            .toArray(String[]::new);
    return exchange(app.port(), String.join("\r\n", lines) + (body ? "" : "\r\n\r\n"));
  }

  private static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
