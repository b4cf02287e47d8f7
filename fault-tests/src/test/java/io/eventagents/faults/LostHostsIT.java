package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts that disappear without closing their connections, and may come back. */
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class LostHostsIT {

  private static final List<Application> ALL = List.of(Application.values());

  /** The time-out of connections is a minute; the rest allows for a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(100);

  /** The lead lasts nine seconds; the rest allows for a busy machine. */
  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(25);

  private static final String SENDING = "Sending the outbox of";
  private static final String STANDING_BY = "\"relay\":\"standing by\"";

  @Test
  @Tag("extended")
  void databaseHostThatDisappearsAndIsReplacedLosesNothing(FaultySystem system) {
    GroupOffsets groups = new GroupOffsets(system.landscape());
    system.lead(ALL, Way.DATABASE_DETOUR);
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(40);
      system.detour().silent(true);
      assertThat(system.detour().lose()).isPositive();
      Outage.last(Duration.ofSeconds(3));
      system.detour().silent(false);
      for (Application application : ALL) {
        await(application + " to go on")
            .atMost(BOUND)
            .until(() -> system.instance(application).get("/actuator/health") == 200);
      }
      system.journal().awaitMore(40);
      for (Application application : ALL) {
        for (String group : application.groups()) {
          assertThat(groups.members(group)).as("members of %s", group).isEqualTo(1);
        }
      }
    }

    system.reconcile();
  }

  @Test
  @Tag("long")
  void frozenRelayLosesItsLeadAndSendsNothingAfterItThaws(FaultySystem system) {
    AgentProcess frozen = system.instance(Application.ORCHESTRATOR);
    AgentProcess other = system.beginAnother(Application.ORCHESTRATOR).awaitReady();
    assertThat(other.body("/actuator/health")).contains(STANDING_BY);
    TaskClient client = new TaskClient(() -> List.of(other.port()));
    Set<String> later;
    try (TaskLoad load = system.load(25, client)) {
      system.journal().awaitMore(30);
      long tookOver = other.process().said(SENDING);
      frozen.process().freeze();
      int knownBefore;
      try {
        // Events in flight at this moment may be sent by both, and so arrive twice.
        system.journal().awaitMore(10);
        knownBefore = system.journal().commands().size();
        await("the other to take the lead")
            .atMost(TAKEN_OVER_WITHIN)
            .until(() -> other.process().said(SENDING) > tookOver);
        system.journal().awaitMore(60);
      } finally {
        frozen.process().thaw();
      }
      system.journal().awaitMore(30);
      await("the frozen one to stand by")
          .atMost(TAKEN_OVER_WITHIN)
          .until(() -> frozen.body("/actuator/health").contains(STANDING_BY));
      later =
          system.journal().commands().stream()
              .skip(knownBefore)
              .map(Command::correlationId)
              .collect(Collectors.toSet());
    }

    Topics topics = system.reconcile();
    List<EventRecord> sentLater =
        topics.of(Topics.TASKS).stream()
            .filter(event -> event.header(ForeignProducer.MARK) == null)
            .filter(event -> later.contains(event.correlationId()))
            .toList();
    assertThat(sentLater).hasSizeGreaterThan(60);
    assertThat(sentLater).extracting(EventRecord::eventId).doesNotHaveDuplicates();
  }
}
