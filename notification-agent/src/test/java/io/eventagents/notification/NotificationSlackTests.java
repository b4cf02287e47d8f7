package io.eventagents.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.eventagents.test.AgentFixture.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.eventagents.DependencyUnavailable;
import io.eventagents.EventIds;
import io.eventagents.RejectedEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationSlackTests {

  private static final String SECRET = "/services/T000/B000/secret";
  private static final WireMockServer SLACK =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  private final NotificationSlack agent = agent(SLACK.port());

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

  @Test
  void postsANewTaskToTheChannel() {
    answers(ok("ok"));

    given(Events.post(Events.CREATED))
        .when(agent)
        .thenEmits(new NotificationSent("task-123", "slack", "#tasks", key()));

    SLACK.verify(
        1,
        postRequestedFor(urlEqualTo(SECRET))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Idempotency-Key", equalTo(key()))
            .withRequestBody(
                equalToJson(
                    """
                    {"channel": "#tasks",
                     "text": "New task: *Review quarterly report* (priority 2, owner user-456, due 2025-01-20T17:00:00Z)"}
                    """)));
  }

  @Test
  void postsACompletedTask() {
    answers(ok("ok"));

    given(new TaskCompleted("task-123", "Review", "user-456")).when(agent);
    given(new TaskCompleted("task-123", null, null)).when(agent);

    assertPosted("Task completed: *Review* (owner user-456)");
    assertPosted("Task completed: *task-123*");
  }

  @Test
  void keepsATitleFromMentioningTheChannel() {
    answers(ok("ok"));

    given(new TaskCompleted("task-1", "<!channel> R&D &lt;\nNew task: x", "<@U1>")).when(agent);

    assertPosted(
        "Task completed: *&lt;!channel&gt; R&amp;D &amp;lt; New task: x* (owner &lt;@U1&gt;)");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_payload",
    "403, action_prohibited",
    "404, channel_not_found",
    "410, channel_is_archived"
  })
  void rejectsWhatSlackRefuses(int status, String answer) {
    answers(aResponse().withStatus(status).withBody(answer));

    given(Events.CREATED)
        .when(agent)
        .thenRejects(webhook() + " refused the post: HTTP " + status + " " + answer);
  }

  @Test
  void tellsTheBeginningOfALongAnswer() {
    answers(aResponse().withStatus(400).withBody("no ".repeat(1_000_000)));

    assertThatThrownBy(() -> agent.apply(Events.post(Events.CREATED)))
        .isInstanceOf(RejectedEvent.class)
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

    given(Events.CREATED).when(agent).thenIsUnavailable(webhook(), expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "99999999999999999999", "15 Jan 2025"})
  void waitsAsUsualWhereTheHeaderIsMalformed(String header) {
    answers(aResponse().withStatus(429).withHeader("Retry-After", header));

    assertThat(unavailable().retryAfter()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
  void waitsForSlackThatBreaksOff(Fault fault) {
    answers(aResponse().withFault(fault));

    given(Events.CREATED).when(agent).thenIsUnavailable(webhook());
  }

  @Test
  void waitsForSlackThatHangs() {
    answers(ok("ok").withFixedDelay(5_000));

    given(Events.CREATED).when(agent).thenIsUnavailable(webhook());
  }

  @Test
  void waitsForSlackThatNeverEndsItsAnswer() {
    answers(ok("ok".repeat(1_000)).withChunkedDribbleDelay(100, 20_000));

    given(Events.CREATED).when(agent).thenIsUnavailable(webhook());
  }

  @Test
  void waitsForSlackThatRefusesConnections() {
    given(Events.CREATED).when(agent(1)).thenIsUnavailable("Slack webhook at 127.0.0.1:1");
  }

  @Test
  void neverShowsTheSecretOfTheWebhook() {
    answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    StringWriter log = new StringWriter();
    unavailable().printStackTrace(new PrintWriter(log));

    assertThat(log.toString()).doesNotContain("secret");
  }

  private DependencyUnavailable unavailable() {
    return catchThrowableOfType(
        DependencyUnavailable.class, () -> agent.apply(Events.post(Events.CREATED)));
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    SLACK.stubFor(post(urlEqualTo(SECRET)).willReturn(answer));
  }

  private static void assertPosted(String text) {
    SLACK.verify(
        postRequestedFor(urlEqualTo(SECRET))
            .withRequestBody(
                equalToJson("{\"channel\": \"#tasks\", \"text\": \"%s\"}".formatted(text))));
  }

  private static NotificationSlack agent(int port) {
    return new NotificationSlack(
        new SlackWebhook(
            URI.create("http://127.0.0.1:" + port + SECRET),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Clock.fixed(Events.NOW, ZoneOffset.UTC)),
        "#tasks");
  }

  private static String webhook() {
    return "Slack webhook at 127.0.0.1:" + SLACK.port();
  }

  private static String key() {
    return EventIds.derive("notification-slack", Events.ID, "notification.sent", 0);
  }
}
