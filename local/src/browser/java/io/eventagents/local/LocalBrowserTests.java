package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.eventagents.browser.Accessibility;
import io.eventagents.browser.Browsing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Every page of the whole system in Chromium, once a task has gone through it. */
@Timeout(300)
class LocalBrowserTests {

  @TempDir static Path directory;
  private static ConfigurableApplicationContext local;
  private static Browsing browsing;

  @BeforeAll
  static void start() throws Exception {
    local =
        LocalSystem.start(directory);
    browsing = new Browsing();
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest task =
        HttpRequest.newBuilder(URI.create(address() + "/tasks"))
            .header("Content-Type", "application/json")
            .header("X-Correlation-ID", "req-abc-123")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\"}"))
            .build();
    assertThat(http.send(task, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    HttpRequest inbox = HttpRequest.newBuilder(URI.create(address() + "/inbox")).build();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(http.send(inbox, HttpResponse.BodyHandlers.ofString()).body())
                    .contains("Mail", "Slack", "Teams", "Webhook"));
  }

  @AfterAll
  static void stop() {
    browsing.close();
    local.close();
  }

  @ParameterizedTest
  @MethodSource("io.eventagents.browser.Browsing#forms")
  void everyPageIsForEverybody(int width, ColorScheme scheme) {
    Page page = browsing.open(address(), width, scheme, true);
    for (String path :
        List.of(
            "/", "/welcome", "/inbox", "/inbox?before=1", "/chains/req-abc-123", "/agents",
            "/letters", "/evidence", "/never")) {
      page.navigate(path);
      Accessibility.check(page, width + " " + scheme);
      browsing.assertHarmless(page);
    }
    page.context().close();
  }

  private static String address() {
    return "http://localhost:" + local.getEnvironment().getRequiredProperty("local.server.port");
  }
}
