package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import io.eventagents.test.AgentTest;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import io.eventagents.test.HostileEvents;
import io.eventagents.test.HostileEvents.Hostile;
import io.eventagents.test.SettableClock;
import io.eventagents.wire.MalformedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** Follow-ups are awaited, missed and recovered whatever an event contains. */
@DirtiesContext // Its events are nobody else's.
@AgentTest(
    properties = {
      "orchestrator.follow-ups[0].after=reminder.due",
      "orchestrator.follow-ups[0].expect=notification.sent",
      "orchestrator.follow-ups[0].within=30m",
      "orchestrator.watch.poll-interval=50ms",
      "orchestrator.watch.start-delay=0s"
    })
class HostileEventsTests {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Autowired private Chains chains;
  @Autowired private SettableClock clock;
  @Autowired private JdbcClient jdbc;

  @EventType("reminder.due")
  record ReminderDue(String taskId, String title) {}

  @EventType("notification.sent")
  record NotificationSent(@Nullable String taskId, String channel) {}

  @Test
  void areFollowedUpOrRefusedAtOnce() {
    Map<String, Hostile> causes = new HashMap<>();
    for (Hostile event : HostileEvents.of(new ReminderDue("task-1", "Review"))) {
      chains.send(event.record());
      if (event.eventId() != null && event.eventId().length() < 10_000) {
        causes.put(event.eventId(), event);
      }
    }
    for (Hostile event : HostileEvents.of(new NotificationSent("task-1", "email"))) {
      chains.send(event.record());
    }
    chains.withPatience(PATIENCE).awaitQuiet();
    causes
        .values()
        .removeIf(event -> Objects.requireNonNull(event.correlationId()).length() > 10_000);
    assertThat(waiting()).isEqualTo(causes.size());

    clock.tick(Duration.ofMinutes(31));
    Awaitility.await().atMost(PATIENCE).until(() -> waiting() == 0);
    chains.withPatience(PATIENCE).awaitQuiet();

    assertThat(chains.events("followup.missed"))
        .hasSize(causes.size())
        .allSatisfy(event -> isOf(causes, event));

    causes
        .values()
        .forEach(
            cause ->
                chains.publish(
                    "k",
                    new Event<>(
                        "answer-" + UUID.randomUUID(),
                        "notification.sent",
                        clock.instant(),
                        new NotificationSent(null, "email"),
                        new EventMetadata(
                            Objects.requireNonNull(cause.correlationId()),
                            Objects.requireNonNull(cause.eventId()),
                            "\u0000 mail"))));
    chains.withPatience(PATIENCE).awaitQuiet();

    List<ChainEvent> recovered = chains.events("followup.recovered");
    assertThat(recovered.stream().map(event -> event.text("cause_id")).collect(Collectors.toSet()))
        .isEqualTo(causes.keySet());
    assertThat(recovered)
        .hasSize(causes.size())
        .allSatisfy(
            event ->
                assertThat(event.metadata().correlationId())
                    .isEqualTo(
                        Objects.requireNonNull(causes.get(event.text("cause_id")))
                            .correlationId()));
    assertThat(chains.deadLetters("orchestrator-follow-ups"))
        .allSatisfy(
            deadLetter -> {
              assertThat(deadLetter.attempts()).as(deadLetter.reason()).isOne();
              assertThat(deadLetter.exception()).isEqualTo(MalformedEvent.class.getName());
            });
  }

  private static void isOf(Map<String, Hostile> causes, ChainEvent missed) {
    Hostile cause = causes.get(missed.metadata().causationId());
    assertThat(missed.metadata().correlationId())
        .as(String.valueOf(cause))
        .isEqualTo(cause == null ? "" : cause.correlationId());
    assertThat(missed.text("cause_id")).isEqualTo(missed.metadata().causationId());
  }

  private int waiting() {
    return jdbc.sql(
            "select count(*) from orchestrator.follow_ups where deadline is not null and missed_at is null and followed_at is null")
        .query(Integer.class)
        .single();
  }
}
