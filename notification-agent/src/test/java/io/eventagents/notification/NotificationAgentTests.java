package io.eventagents.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.eventagents.notification.trigger.ReminderDue;
import io.eventagents.notification.trigger.TaskCompleted;
import io.eventagents.notification.trigger.TaskCreated;
import io.eventagents.test.AgentTally;
import io.eventagents.test.AgentTest;
import io.eventagents.test.Chain;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import io.eventagents.test.DeadLetter;
import io.eventagents.test.SentRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
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
    Chain chain =
        chains.await(
            chains.publish(taskId, created("a b")), "notification.failed", "notification.sent");

    assertThat(chain).hasNone("delivery.failed");
    ChainEvent failed = chain.single("notification.failed");
    assertThat(failed.text("channel")).isEqualTo("email");
    assertThat(failed.text("recipient")).isEqualTo("a b");
    assertThat(failed.text("reason")).isEqualTo("owner 'a b' is unknown");
    assertThat(chain.single("notification.sent").text("channel")).isEqualTo("slack");
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

  @Test
  void copesWithWhatOtherProgramsWrite() throws Exception {
    AgentTally mailBefore = chains.tally("notification-email");
    AgentTally slackBefore = chains.tally("notification-slack");
    String first = chains.publish("task-123", created("user-1"));
    write("not-json.txt");
    SentRecord created = write("task.created.json");
    write("order.placed.json");
    SentRecord broken = write("no-event-id.json");
    SentRecord completed = write("task.completed.no-metadata.json");
    String last = chains.publish("task-123", created("user-2"));
    chains.awaitQuiet();

    assertThat(chains.await(first)).hasEvents("notification.sent", "notification.sent");
    assertThat(chains.await(last)).hasEvents("notification.sent", "notification.sent");
    assertThat(created.correlationId()).isEqualTo("req-abc-123");
    assertThat(chains.await(created))
        .hasExactlyEvents("task.created", "notification.sent", "notification.sent")
        .hasCaused("task.created", "notification.sent", "notification.sent");
    assertThat(completed.correlationId()).isEqualTo("0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11");
    assertThat(chains.await(completed))
        .hasExactlyEvents("task.completed", "notification.sent")
        .hasCaused("task.completed", "notification.sent");
    for (String agent : List.of("notification-email", "notification-slack")) {
      assertThat(chains.deadLetters(agent))
          .filteredOn(letter -> letter.isOf(broken))
          .singleElement()
          .returns("event_id is missing", DeadLetter::reason)
          .returns(wire("no-event-id.json"), DeadLetter::value);
    }
    assertThat(chains.events("delivery.failed"))
        .filteredOn(event -> event.text("reason").equals("event_id is missing"))
        .extracting(event -> event.text("agent"))
        .containsExactlyInAnyOrder("notification-email", "notification-slack");
    // Nobody gets a mail about a completed task, so the agent skips one more event.
    assertThat(chains.tally("notification-email"))
        .returns(mailBefore.unreadable() + 1, AgentTally::unreadable)
        .returns(mailBefore.skipped() + 2, AgentTally::skipped)
        .returns(mailBefore.deadLettered() + 1, AgentTally::deadLettered);
    assertThat(chains.tally("notification-slack"))
        .returns(slackBefore.unreadable() + 1, AgentTally::unreadable)
        .returns(slackBefore.skipped() + 1, AgentTally::skipped)
        .returns(slackBefore.deadLettered() + 1, AgentTally::deadLettered);
    assertThat(MAILBOX.getReceivedMessages())
        .extracting(mail -> mail.getAllRecipients()[0].toString())
        .containsExactlyInAnyOrder(
            "user-1@company.com", "user-456@company.com", "user-2@company.com");
  }

  private SentRecord write(String file) throws IOException {
    return chains.publishJson("task-events", "task-123", wire(file));
  }

  private static String wire(String file) throws IOException {
    return new ClassPathResource("wire/" + file).getContentAsString(UTF_8);
  }

  private TaskCreated created(String ownerId) {
    return new TaskCreated(taskId, "Review", ownerId, 2, null);
  }

  private static String id(Map<String, ChainEvent> sent, String channel) {
    return Objects.requireNonNull(sent.get(channel)).eventId();
  }
}
