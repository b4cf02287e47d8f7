package io.eventagents.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.eventagents.RejectedEvent;
import io.eventagents.notification.trigger.ReminderDue;
import io.eventagents.notification.trigger.TaskCreated;
import io.eventagents.test.AgentTest;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import io.eventagents.test.HostileEvents;
import io.eventagents.test.HostileEvents.Hostile;
import io.eventagents.test.SettableClock;
import io.eventagents.wire.MalformedEvent;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

/** Whatever an event contains, nobody is told twice, and the published events say who was told. */
@DirtiesContext // Its events are nobody else's.
@AgentTest(
    properties = {
      "spring.security.user.name=operator",
      "spring.security.user.password=secret",
      "notification.recipients.source=table",
      "notification.recipients.pattern-for-others=true",
      "notification.deferral.poll-interval=50ms",
      "notification.email.from=tasks@company.com",
      "notification.receipts.mailbox.protocol=imap",
      "notification.receipts.mailbox.host=127.0.0.1",
      "notification.receipts.mailbox.username=tasks@company.com",
      "notification.receipts.mailbox.password=tasks",
      "notification.receipts.mailbox.poll-interval=1h"
    })
class HostileEventsTests {

  private static final GreenMail MAIL =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
          });
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final String owner = "user-" + UUID.randomUUID();

  @Autowired private Chains chains;
  @Autowired private SettableClock clock;
  @Autowired private JdbcClient jdbc;
  @LocalServerPort private int port;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    MAIL.start();
    MAIL.setUser("tasks@company.com", "tasks@company.com", "tasks");
    registry.add("spring.mail.host", () -> "127.0.0.1");
    registry.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
    registry.add("notification.receipts.mailbox.port", () -> MAIL.getImap().getPort());
  }

  @AfterAll
  static void stop() {
    MAIL.stop();
  }

  @BeforeEach
  void empty() throws Exception {
    MAIL.purgeEmailFromAllMailboxes();
  }

  @Test
  void areToldOfAtOnceAndOnce() throws Exception {
    Map<String, Hostile> sent = send();
    chains.withPatience(PATIENCE).awaitQuiet();

    check(sent);
  }

  @Test
  void areToldOfOnceWhenQuietHoursEnd() throws Exception {
    LocalTime now = clock.instant().atOffset(ZoneOffset.UTC).toLocalTime();
    put(
        "\"quiet_hours\": {\"from\": \"%s\", \"to\": \"%s\"}"
            .formatted(hour(now.minusHours(1)), hour(now.plusHours(3))));
    Map<String, Hostile> sent = send();
    chains.withPatience(PATIENCE).awaitQuiet();
    assertThat(mailIds()).isEmpty();

    clock.tick(Duration.ofHours(4));

    awaitMail();
    check(sent);
  }

  @Test
  void areToldOfTogetherInADigest() throws Exception {
    put("\"digests\": {\"email\": {\"every\": \"PT1H\"}}");
    Map<String, Hostile> sent = send();
    chains.withPatience(PATIENCE).awaitQuiet();

    clock.tick(Duration.ofHours(2));

    awaitMail();
    assertThat(mailIds()).doesNotHaveDuplicates();
    assertThat(told(sent)).allSatisfy(event -> isInTheChainOf(sent, event));
    lettersAreTheAgentsOwnWord();
  }

  private Map<String, Hostile> send() {
    Map<String, Hostile> sent = new HashMap<>();
    List<Hostile> events = new ArrayList<>();
    events.addAll(
        HostileEvents.of(
            new TaskCreated("task-1", "Review", owner, 2, Instant.parse("2030-01-01T00:00:00Z"))));
    events.addAll(HostileEvents.of(new ReminderDue("task-1", owner, "Review", null)));
    for (Hostile event : events) {
      chains.send(event.record());
      if (event.eventId() != null) {
        sent.put(event.eventId(), event);
      }
    }
    return sent;
  }

  private void check(Map<String, Hostile> sent) throws Exception {
    List<ChainEvent> told = told(sent);
    assertThat(told).hasSizeGreaterThan(300).allSatisfy(event -> isInTheChainOf(sent, event));
    assertThat(told)
        .extracting(event -> event.text("provider_message_id"))
        .containsExactlyInAnyOrderElementsOf(mailIds());
    lettersAreTheAgentsOwnWord();
  }

  private List<ChainEvent> told(Map<String, Hostile> sent) {
    return chains.events("notification.sent").stream()
        .filter(event -> event.text("channel").equals("email"))
        .filter(event -> sent.containsKey(event.metadata().causationId()))
        .toList();
  }

  private static void isInTheChainOf(Map<String, Hostile> sent, ChainEvent event) {
    Hostile cause = sent.get(event.metadata().causationId());
    assertThat(event.metadata().correlationId())
        .as(String.valueOf(cause))
        .isEqualTo(cause == null ? "" : cause.correlationId());
  }

  private void lettersAreTheAgentsOwnWord() {
    assertThat(chains.deadLetters("notification-email"))
        .isNotEmpty()
        .allSatisfy(
            letter -> {
              assertThat(letter.attempts()).as(letter.reason()).isOne();
              assertThat(letter.exception())
                  .as(letter.reason())
                  .isIn(MalformedEvent.class.getName(), RejectedEvent.class.getName());
            });
  }

  private void awaitMail() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              int before = MAIL.getReceivedMessages().length;
              chains.withPatience(PATIENCE).awaitQuiet();
              return before > 0 && waiting() == 0 && MAIL.getReceivedMessages().length == before;
            });
    chains.withPatience(PATIENCE).awaitQuiet();
  }

  private int waiting() {
    return jdbc.sql("select count(*) from notification.deferred_messages where status = 'WAITING'")
        .query(Integer.class)
        .single();
  }

  private static List<String> mailIds() throws Exception {
    List<String> ids = new ArrayList<>();
    for (MimeMessage mail : MAIL.getReceivedMessages()) {
      ids.add(mail.getMessageID());
    }
    return ids;
  }

  private static LocalTime hour(LocalTime time) {
    return time.withMinute(0).withSecond(0).withNano(0);
  }

  private void put(String preferences) {
    RestClient.create("http://127.0.0.1:" + port)
        .put()
        .uri("/recipients/{id}", owner)
        .headers(headers -> headers.setBasicAuth("operator", "secret"))
        .contentType(MediaType.APPLICATION_JSON)
        .body("{\"email\": \"%s@example.com\", %s}".formatted(owner, preferences))
        .retrieve()
        .toBodilessEntity();
  }
}
