package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.SlowClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real connections to the real server. What would hang, hangs until the test ends. */
@SuppressWarnings("try") // clients that are only there
@Timeout(120)
class SlowClientTests {

  private static final int MANY = 250; // more than there are threads
  private static final String[] USER = {
    "--spring.security.user.name=ada", "--spring.security.user.password=s3cret"
  };
  private static final String KNOWN = "Authorization: " + basic("s3cret") + "\r\n";
  private static final String WRONG = "Authorization: " + basic("wrong") + "\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String LENGTH = "Content-Length: 100000\r\n\r\n{\"a";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\nffff\r\n{\"a";

  static Stream<Arguments> clients() {
    return Stream.of(
        Arguments.of("nobody", post(JSON + LENGTH)),
        Arguments.of("nobody, in chunks", post(JSON + CHUNKED)),
        Arguments.of("nobody, with a form", post(FORM + LENGTH)),
        Arguments.of("a wrong password", post(WRONG + JSON + LENGTH)),
        Arguments.of("a user", post(KNOWN + JSON + LENGTH)),
        Arguments.of("a user, in chunks", post(KNOWN + JSON + CHUNKED)),
        Arguments.of("a user, with a form", post(KNOWN + FORM + LENGTH)),
        Arguments.of("headers without end", "POST /orders HTTP/1.1\r\nHost: localhost\r\nX-A: "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void doNotKeepOthersFromBeingAnswered(String who, String begin) throws Exception {
    // 250 wrong passwords at once come near the limit for all addresses together.
    try (WebApp app = WebApp.start(USER[0], USER[1], "--event-agents.web.attempts.overall=100000");
        SlowClients slow = SlowClients.connect(MANY, app.port(), begin)) {
      for (int i = 0; i < 10; i++) {
        assertThat(get(app, "/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get(app, "/orders?limit=1").statusCode()).isEqualTo(200);
        assertThat(send(request(app, "/orders").POST(body("{\"lines\":[]}"))).statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void areRefusedWithoutBeingWaitedFor() throws IOException {
    try (WebApp app = WebApp.start(USER);
        SlowClients slow = SlowClients.connect(1, app.port(), post(JSON + LENGTH))) {
      assertThat(slow.answer()).startsWith("HTTP/1.1 401").contains("application/problem+json");
    }
  }

  @Test
  void areWaitedForSoLongAltogether() throws IOException {
    for (String kind : new String[] {JSON + LENGTH, JSON + CHUNKED}) {
      assertThat(answerAfterTwoSeconds(kind))
          .startsWith("HTTP/1.1 408")
          .contains("application/problem+json", "did not come in time");
    }
    // Tomcat takes a form apart, and says only that it could not.
    assertThat(answerAfterTwoSeconds(FORM + LENGTH))
        .startsWith("HTTP/1.1 40")
        .contains("application/problem+json");
  }

  private static String answerAfterTwoSeconds(String kind) throws IOException {
    try (WebApp app = WebApp.start("--event-agents.web.body-timeout=2s");
        SlowClients slow = SlowClients.connect(1, app.port(), post(kind))) {
      return slow.answer();
    }
  }

  @Test
  void haveSoLongForTheirHeaders() throws IOException {
    try (WebApp app = WebApp.start("--event-agents.web.header-timeout=2s");
        SlowClients slow =
            SlowClients.connect(1, app.port(), "GET /orders HTTP/1.1\r\nHost: localhost\r\nX: ")) {
      assertThat(slow.answer()).isEmpty();
    }
  }

  @Test
  void thatTakeTheirTimeWithABodyAreServed() throws IOException {
    try (WebApp app = WebApp.start();
        SlowClients slow =
            SlowClients.connect(
                1,
                app.port(),
                "POST /bytes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + JSON
                    + "Content-Length: 5\r\n\r\n")) {
      assertThat(slow.answer()).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n5");
    }
  }

  @Test
  void stillGetTheAnswerToALargeBodyThatIsRefused() throws Exception {
    try (WebApp app = WebApp.start(USER)) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/orders"))
                  .POST(body("x".repeat(900_000))));

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(get(app, "/orders?limit=1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void thatDoNotReadTheirAnswerAreLeft() throws Exception {
    try (WebApp app =
            WebApp.start(
                USER[0],
                USER[1],
                "--server.tomcat.connection-timeout=3s",
                "--server.tomcat.threads.max=5");
        SlowClients slow =
            SlowClients.connect(
                5, app.port(), "GET /large HTTP/1.1\r\nHost: localhost\r\n" + KNOWN + "\r\n")) {
      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(() -> get(app, "/orders?limit=1").statusCode() == 200);
    }
  }

  private static String post(String rest) {
    return "POST /orders HTTP/1.1\r\nHost: localhost\r\n" + rest;
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  private static HttpResponse<String> get(WebApp app, String path) throws Exception {
    return send(request(app, path));
  }

  private static HttpRequest.Builder request(WebApp app, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path))
        .header("Authorization", basic("s3cret"))
        .header("Content-Type", "application/json");
  }

  /** On a new connection, as a probe has it, and from an address of its own. */
  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.getByName("127.0.0.2"))
            .build()) {
      return client.send(
          request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String basic(String password) {
    return "Basic "
        + Base64.getEncoder().encodeToString(("ada:" + password).getBytes(StandardCharsets.UTF_8));
  }
}
