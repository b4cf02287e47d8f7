package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.RejectedEvent;
import io.eventagents.scheduling.reminder.ReminderScheduler;
import io.eventagents.scheduling.reminder.TaskCompleted;
import io.eventagents.scheduling.reminder.TaskCreated;
import io.eventagents.scheduling.reminder.TaskDeleted;
import io.eventagents.scheduling.reminder.TaskUpdated;
import io.eventagents.test.AgentTest;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import io.eventagents.test.HostileEvents;
import io.eventagents.test.HostileEvents.Hostile;
import io.eventagents.test.SettableClock;
import io.eventagents.wire.MalformedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/** Whatever an event contains, it is refused at once, or its reminder comes in its chain. */
@DirtiesContext // Its events are nobody else's.
@AgentTest(properties = "scheduling.poll-interval=PT0.05S")
class HostileEventsTests {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Autowired private Chains chains;
  @Autowired private SettableClock clock;
  @Autowired private JdbcClient jdbc;

  @Test
  void areRefusedAtOnceOrLeadToReminders() {
    Map<String, Hostile> sent = new HashMap<>();
    List<Hostile> events = new ArrayList<>();
    // Each has a task of its own, so that each sets a reminder.
    events.addAll(
        HostileEvents.of(
            () ->
                new TaskCreated(
                    "task-" + UUID.randomUUID(), "Review", "user-1", 2, null, null, "UTC")));
    String task = "task-" + UUID.randomUUID();
    events.addAll(
        HostileEvents.of(new TaskUpdated(task, "Review", "user-1", 2, null, null, "UTC")));
    events.addAll(HostileEvents.of(new TaskCompleted(task)));
    events.addAll(HostileEvents.of(new TaskDeleted(task)));
    for (Hostile event : events) {
      chains.send(event.record());
      if (event.eventId() != null) {
        sent.put(event.eventId(), event);
      }
    }
    chains.withPatience(PATIENCE).awaitQuiet();

    List<ChainEvent> scheduled = chains.events("reminder.scheduled");
    assertThat(scheduled)
        .hasSizeGreaterThan(200)
        .allSatisfy(
            event -> {
              Hostile cause = sent.get(event.metadata().causationId());
              assertThat(event.metadata().correlationId())
                  .isEqualTo(cause == null ? "" : cause.correlationId());
            });
    assertThat(chains.deadLetters(ReminderScheduler.NAME))
        .allSatisfy(
            deadLetter -> {
              assertThat(deadLetter.attempts()).as(deadLetter.reason()).isOne();
              assertThat(deadLetter.exception())
                  .as(deadLetter.reason())
                  .isIn(MalformedEvent.class.getName(), RejectedEvent.class.getName());
            });

    clock.tick(Duration.ofDays(2));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.sql(
                            "select count(*) from scheduling.reminders where status = 'SCHEDULED' and ring_at <= now() + interval '1 day'")
                        .query(Integer.class)
                        .single()
                    == 0);
    chains.withPatience(PATIENCE).awaitQuiet();

    Map<String, String> chainOf = new HashMap<>();
    scheduled.forEach(event -> chainOf.put(event.eventId(), event.metadata().correlationId()));
    assertThat(chains.events("reminder.due"))
        .hasSize(scheduled.size() - chains.events("reminder.cancelled").size())
        .filteredOn(event -> chainOf.containsKey(event.metadata().causationId()))
        .hasSizeGreaterThan(200)
        .allSatisfy(
            event ->
                assertThat(event.metadata().correlationId())
                    .isEqualTo(chainOf.get(event.metadata().causationId())));
  }
}
