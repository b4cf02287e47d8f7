package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyLimitTests {

  private static final int MIB = 1024 * 1024;

  @Test
  void readsUpToOneMebibyte() {
    try (WebApp app = WebApp.start()) {
      assertThat(app.post("/bytes", "x".repeat(MIB)).body()).isEqualTo("" + MIB);
      assertThat(chunked(app, MIB).body()).isEqualTo("" + MIB);
      refused(app.post("/bytes", "x".repeat(MIB + 1)), MIB);
      refused(chunked(app, MIB + 1), MIB);
      refused(app.post("/orders", order(MIB)), MIB);
      refused(chunkedJson(app, MIB + 1), MIB);
    }
  }

  @Test
  void readsUpToTheSetting() {
    try (WebApp app = WebApp.start("--event-agents.web.max-body=10B")) {
      assertThat(app.post("/bytes", "0123456789").statusCode()).isEqualTo(200);
      refused(app.post("/bytes", "0123456789a"), 10);
    }
  }

  private static HttpResponse<String> chunked(WebApp app, int length) {
    return app.post(
        "/bytes", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length])));
  }

  private static HttpResponse<String> chunkedJson(WebApp app, int length) {
    byte[] body = order(length).getBytes(StandardCharsets.UTF_8);
    return app.post("/orders", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
  }

  private static String order(int length) {
    return "{\"customer_id\":\"" + "x".repeat(length) + "\"}";
  }

  private static void refused(HttpResponse<String> response, int limit) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("X-Correlation-ID")).isPresent();
    assertThat(WebApp.json(response).get("detail").asString())
        .isEqualTo("The body must not be larger than " + limit + " bytes.");
  }
}
