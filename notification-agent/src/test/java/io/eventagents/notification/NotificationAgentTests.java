package io.eventagents.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.eventagents.test.AgentTest;
import io.eventagents.test.Chain;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@AgentTest
class NotificationAgentTests {

  private static final GreenMail MAILBOX =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static final WireMockServer SLACK =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  private final String taskId = "task-" + UUID.randomUUID();

  @Autowired private Chains chains;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    MAILBOX.start();
    SLACK.start();
    registry.add("spring.mail.host", () -> "127.0.0.1");
    registry.add("spring.mail.port", () -> MAILBOX.getSmtp().getPort());
    registry.add("notification.slack.webhook-url", () -> SLACK.url("/hook"));
  }

  @AfterAll
  static void stop() {
    MAILBOX.stop();
    SLACK.stop();
  }

  @BeforeEach
  void empty() throws Exception {
    MAILBOX.purgeEmailFromAllMailboxes();
    SLACK.resetAll();
    SLACK.stubFor(post(urlEqualTo("/hook")).willReturn(ok("ok")));
  }

  @Test
  void tellsOfATaskOnEachChannel() {
    Chain chain = chains.await(chains.publish(taskId, created("user-456")));

    assertThat(chain)
        .hasExactlyEvents("task.created", "notification.sent", "notification.sent")
        .hasCaused("task.created", "notification.sent", "notification.sent")
        .isPublishedOnce();
    Map<String, ChainEvent> sent =
        chain.events("notification.sent").stream()
            .collect(Collectors.toMap(event -> event.text("channel"), Function.identity()));
    assertThat(MAILBOX.getReceivedMessages())
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail.getMessageID())
                    .isEqualTo("<%s@company.com>".formatted(id(sent, "email"))));
    SLACK.verify(
        1,
        postRequestedFor(urlEqualTo("/hook"))
            .withHeader("Idempotency-Key", equalTo(id(sent, "slack"))));
  }

  @Test
  void postsACompletedTaskAndMailsADueReminder() {
    String completed = chains.publish(taskId, new TaskCompleted(taskId, "Review", "user-456"));
    String due = chains.publish(taskId, new ReminderDue(taskId, "user-456", "Review", null));

    assertThat(chains.await(completed).single("notification.sent").text("channel"))
        .isEqualTo("slack");
    assertThat(chains.await(due).single("notification.sent").text("channel")).isEqualTo("email");
  }

  @Test
  void tellsWhoCannotBeMailed() {
    Chain chain = chains.await(chains.publish(taskId, created("a b")), "delivery.failed");

    assertThat(chain.single("notification.sent").text("channel")).isEqualTo("slack");
    assertThat(chains.deadLetters("notification-email"))
        .singleElement()
        .satisfies(
            letter -> assertThat(letter.reason()).contains("owner_id 'a b' makes no mail address"));
  }

  @Test
  void waitsForSlackAndLosesNothing() {
    SLACK.stubFor(
        post(urlEqualTo("/hook"))
            .inScenario("outage")
            .whenScenarioStateIs("Started")
            .willReturn(serviceUnavailable().withHeader("Retry-After", "1"))
            .willSetStateTo("over"));

    Chain chain =
        chains.await(
            chains.publish(taskId, created("user-456")), "notification.sent", "notification.sent");

    assertThat(chain).hasNone("delivery.failed").isPublishedOnce();
    SLACK.verify(2, postRequestedFor(urlEqualTo("/hook")));
    assertThat(MAILBOX.getReceivedMessages()).hasSize(1);
  }

  private TaskCreated created(String ownerId) {
    return new TaskCreated(taskId, "Review", ownerId, 2, null);
  }

  private static String id(Map<String, ChainEvent> sent, String channel) {
    return Objects.requireNonNull(sent.get(channel)).eventId();
  }
}
