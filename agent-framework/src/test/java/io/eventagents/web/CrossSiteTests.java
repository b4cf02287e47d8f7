package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteTests {

  private static final String BODY = "{\"lines\":[]}";

  private static WebApp app;

  @BeforeAll
  static void start() {
    app = WebApp.start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "unheard-of"})
  void refusesChangesThatABrowserSendsForAnotherPage(String site) {
    assertThat(app.post("/orders", BODY, "Sec-Fetch-Site", site).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "none"})
  void takesChangesFromOurOwnPages(String site) {
    assertThat(app.post("/orders", BODY, "Sec-Fetch-Site", site).statusCode()).isEqualTo(200);
  }

  @Test
  void takesChangesFromClientsThatAreNoBrowsers() {
    assertThat(app.post("/orders", BODY).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1", "%%"})
  void looksAtTheOriginThatOlderBrowsersSend(String origin) {
    assertThat(app.post("/orders", BODY, "Origin", origin).statusCode()).isEqualTo(403);
    assertThat(app.post("/orders", BODY, "Origin", "http://localhost:" + app.port()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void letsOtherPagesLinkHere() {
    assertThat(app.get("/orders?limit=1", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1",
        "127.8.0.1:8080",
        "[::1]:80",
        "app.localhost"
      })
  void isReachedAsLoopback(String host) throws IOException {
    assertThat(app.raw(get(host))).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "127.0.0.1.nip.io",
        "0.0.0.0",
        "[::]"
      })
  void isNotReachedUnderNamesThatAPagePointsHere(String host) throws IOException {
    assertThat(app.raw(get(host))).startsWith("HTTP/1.1 421").contains("application/problem+json");
  }

  @Test
  void tellsBrowsersToRunNothingElse() {
    var headers = app.get("/nowhere").headers();

    assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
    assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(headers.firstValue("Set-Cookie")).isEmpty();
  }

  private static String get(String host) {
    return "GET /orders?limit=1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }
}
