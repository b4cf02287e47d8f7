package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class GuessingTests {

  private static final String[] USER = {
    "--spring.security.user.name=ada", "--spring.security.user.password=s3cret"
  };

  @Test
  void isEndedForTheAddressThatItComesFrom(CapturedOutput output) throws Exception {
    try (WebApp app =
        WebApp.start(
            Metered.class, USER[0], USER[1], "--event-agents.web.attempts.per-address=1")) {
      assertThat(get(app, "127.0.0.1", "ada", "guess").statusCode()).isEqualTo(401);
      HttpResponse<String> next = get(app, "127.0.0.1", "ada", "s3cret");
      assertThat(next.statusCode()).isEqualTo(429);
      assertThat(next.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(next.headers().firstValue("Retry-After").map(Integer::valueOf).orElseThrow())
          .isBetween(1, 60);

      assertThat(get(app, "127.0.0.2", "ada", "s3cret").statusCode()).isEqualTo(200);
      MeterRegistry meters = app.context().getBean(MeterRegistry.class);
      assertThat(count(meters, "password", "401")).isEqualTo(1);
      assertThat(count(meters, "password", "429")).isEqualTo(1);
    }
    assertThat(output)
        .contains(
            "Refused with 401: user \"ada\" from 127.0.0.1 by password, GET /orders: Wrong user or"
                + " password")
        .contains("Refused with 429: user \"ada\" from 127.0.0.1 by password, GET /orders")
        .doesNotContain("guess", "s3cret");
  }

  @Test
  void leavesOneLineEachInTheLogWhateverTheNameIs(CapturedOutput output) throws Exception {
    try (WebApp app = WebApp.start(USER)) {
      get(app, "127.0.0.1", "a\nRefused with 401, user \"b\u2028" + "x".repeat(5000), "p");
      assertThat(app.get("/orders?limit=1").statusCode()).isEqualTo(401);
    }
    assertThat(output.getAll().lines().filter(line -> line.contains("Refused with")))
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("user \"a\\u000aRefused with 401, user \\u0022b\\u2028xx")
                    .hasSizeLessThan(400))
        .anySatisfy(
            line -> assertThat(line).contains("nobody from 127.0.0.1, GET /orders", "INFO"));
  }

  @Test
  void doesNotFloodTheLog(CapturedOutput output) throws Exception {
    try (WebApp app = WebApp.start(Metered.class, USER)) {
      for (int i = 0; i < 500; i++) {
        app.get("/orders?limit=1");
      }
      assertThat(count(app.context().getBean(MeterRegistry.class), "none", "401")).isEqualTo(500);
    }
    assertThat(output.getAll().lines().filter(line -> line.contains("Refused with 401")).count())
        .isBetween(60L, 300L);
  }

  private static double count(MeterRegistry meters, String credentials, String status) {
    return meters
        .get("event.agents.http.refused")
        .tags("credentials", credentials, "status", status)
        .counter()
        .count();
  }

  private static HttpResponse<String> get(WebApp app, String from, String user, String password)
      throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().localAddress(InetAddress.getByName(from)).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/orders?limit=1"))
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder()
                          .encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Import(WebApp.Application.class)
  static class Metered {

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }
  }
}
