package io.eventagents.notification;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.eventagents.embedded.EmbeddedServers;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
    classes = NotificationAgentApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"server.address=127.0.0.1", "event-agents.topics.partitions=1"})
class NotificationAgentApplicationTests {

  private static final GreenMail MAILBOX =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static final WireMockServer SLACK =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  private final Topics topics = new Topics(EmbeddedServers.kafka().bootstrapServers());

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    EmbeddedServers.start();
    MAILBOX.start();
    SLACK.start();
    SLACK.stubFor(post(urlEqualTo("/hook")).willReturn(ok("ok")));
    registry.add("spring.kafka.bootstrap-servers", EmbeddedServers.kafka()::bootstrapServers);
    registry.add(
        "spring.datasource.url", () -> EmbeddedServers.postgreSql().createDatabase("notification"));
    registry.add("spring.datasource.username", EmbeddedServers.postgreSql()::username);
    registry.add("spring.mail.host", () -> "127.0.0.1");
    registry.add("spring.mail.port", () -> MAILBOX.getSmtp().getPort());
    registry.add("notification.slack.webhook-url", () -> SLACK.url("/hook"));
  }

  @AfterAll
  static void stop() {
    MAILBOX.stop();
    SLACK.stop();
  }

  @Test
  void tellsOfATaskOnEachChannelInItsChain() throws Exception {
    String eventId = UUID.randomUUID().toString();
    topics.write(
        "task-events",
        "task-123",
        """
        {"event_id": "%s", "event_type": "task.created", "occurred_at": "%s",
         "data": {"task_id": "task-123", "title": "Review", "owner_id": "user-456", "priority": 2},
         "metadata": {"correlation_id": "req-1", "causation_id": "api-1", "source": "task-api"}}
        """
            .formatted(eventId, Instant.now()));

    Map<String, Topics.Received> sent =
        topics.await("notification-events", 2, received -> true).stream()
            .collect(
                Collectors.toMap(
                    received -> received.data().get("channel").asString(), Function.identity()));

    assertThat(sent).containsOnlyKeys("email", "slack");
    assertThat(sent.values())
        .allSatisfy(
            received -> {
              assertThat(received.key()).isEqualTo("task-123");
              assertThat(received.type()).isEqualTo("notification.sent");
              assertThat(received.data().get("task_id").asString()).isEqualTo("task-123");
              assertThat(received.metadata().get("correlation_id").asString()).isEqualTo("req-1");
              assertThat(received.metadata().get("causation_id").asString()).isEqualTo(eventId);
              assertThat(received.metadata().get("source").asString())
                  .isEqualTo("notification-" + received.data().get("channel").asString());
            });
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

  private static String id(Map<String, Topics.Received> sent, String channel) {
    return Objects.requireNonNull(sent.get(channel)).id();
  }
}
