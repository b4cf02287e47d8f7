package io.eventagents.notification.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.channel.Messages;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.http.Patience;
import io.eventagents.notification.http.ProviderClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackWebhookTests {

  /** Long enough for a machine whose first call is slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String SECRET = "/services/T000/B000/secret";
  private static final WireMockServer SLACK =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  private final SlackWebhook webhook = webhook(SLACK.port());

  @BeforeAll
  static void start() {
    SLACK.start();
  }

  @AfterAll
  static void stop() {
    SLACK.stop();
  }

  @BeforeEach
  void empty() {
    SLACK.resetAll();
  }

  @AfterEach
  void close() throws Exception {
    webhook.close();
  }

  @Test
  void postsToTheChannel() {
    answers(ok("ok"));

    assertThat(webhook.send(Messages.to("#tasks")))
        .isEqualTo(new SentMessage("#tasks", Messages.KEY));

    SLACK.verify(
        1,
        postRequestedFor(urlEqualTo(SECRET))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Idempotency-Key", equalTo(Messages.KEY))
            .withRequestBody(
                equalToJson("{\"channel\": \"#tasks\", \"text\": \"New task: Review\"}")));
  }

  @ParameterizedTest
  @CsvSource({"400, invalid_payload", "400, no_text", "413, too large"})
  void refusesWhatSlackRefuses(int status, String answer) {
    answers(aResponse().withStatus(status).withBody(answer));

    assertThatThrownBy(this::send)
        .isInstanceOf(Undeliverable.class)
        .hasMessage(name() + " refused the post: HTTP " + status + " " + answer);
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_token",
    "403, action_prohibited",
    "404, channel_not_found",
    "410, channel_is_archived"
  })
  void waitsForAnotherUrlIfSlackForgotThisOne(int status, String answer) {
    answers(aResponse().withStatus(status).withBody(answer));

    assertThat(unavailable()).hasStackTraceContaining("HTTP " + status + " " + answer);
  }

  @Test
  void tellsTheBeginningOfALongAnswer() {
    answers(aResponse().withStatus(400).withBody("no ".repeat(1_000_000)));

    assertThatThrownBy(this::send)
        .isInstanceOf(Undeliverable.class)
        .extracting(Throwable::getMessage)
        .asString()
        .hasSizeLessThan(600);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 408, 429, 500, 502, 503, 504})
  void waitsForSlackThatIsDown(int status) {
    answers(aResponse().withStatus(status).withHeader("Location", "http://127.0.0.1:1/"));

    assertThat(unavailable().retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | 30 | PT30S",
        "503 | 0 | PT0S",
        "503 | Wed, 15 Jan 2025 14:32:22 GMT | PT1M59.544S",
        "429 | Wed, 15 Jan 2025 14:00:00 GMT | PT0S",
        "429 | 999999999 | PT1H",
        "503 | Fri, 31 Dec 9999 23:59:59 GMT | PT1H"
      })
  void waitsAsLongAsSlackSays(int status, String header, Duration expected) {
    answers(aResponse().withStatus(status).withHeader("Retry-After", header));

    assertThat(unavailable().retryAfter()).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "99999999999999999999", "15 Jan 2025"})
  void waitsAsUsualIfTheHeaderIsMalformed(String header) {
    answers(aResponse().withStatus(429).withHeader("Retry-After", header));

    assertThat(unavailable().retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
  void waitsForSlackThatBreaksOff(Fault fault) {
    answers(aResponse().withFault(fault));

    assertThat(unavailable().dependency()).isEqualTo(name());
  }

  @Test
  void waitsForSlackThatHangs() {
    answers(ok("ok").withFixedDelay(5_000));

    assertThat(unavailable().dependency()).isEqualTo(name());
  }

  @Test
  void waitsForSlackThatNeverEndsItsAnswer() {
    answers(ok("ok".repeat(1_000)).withChunkedDribbleDelay(100, 20_000));

    assertThat(unavailable().dependency()).isEqualTo(name());
  }

  @Test
  void waitsForSlackThatRefusesConnections() throws Exception {
    try (SlackWebhook nobody = webhook(1)) {
      assertThatThrownBy(() -> nobody.send(Messages.to("#tasks")))
          .isInstanceOf(DependencyUnavailable.class)
          .hasMessage("Slack webhook at 127.0.0.1:1 is unavailable");
    }
  }

  @Test
  void neverShowsTheSecretOfTheWebhook() {
    answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    StringWriter log = new StringWriter();
    unavailable().printStackTrace(new PrintWriter(log));

    assertThat(log.toString()).doesNotContain("secret");
  }

  private DependencyUnavailable unavailable() {
    return catchThrowableOfType(DependencyUnavailable.class, this::send);
  }

  private void send() {
    webhook.send(Messages.to("#tasks"));
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    SLACK.stubFor(post(urlEqualTo(SECRET)).willReturn(answer));
  }

  private static SlackWebhook webhook(int port) {
    Clock clock = Clock.fixed(Messages.NOW, ZoneOffset.UTC);
    return new SlackWebhook(
        URI.create("http://127.0.0.1:" + port + SECRET),
        "#tasks",
        ProviderClient.of(new Patience(PATIENCE, PATIENCE), clock));
  }

  private static String name() {
    return "Slack webhook at 127.0.0.1:" + SLACK.port();
  }
}
