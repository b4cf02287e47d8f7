package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database answers, but refuses all writes. */
@WithSystem
@SuppressWarnings("try") // a load works, and a refusal lasts, until it is closed
class RefusingDatabaseIT {

  private static final List<Application> WITH_AGENTS =
      List.of(
          Application.ORCHESTRATOR,
          Application.NOTIFICATION,
          Application.SCHEDULING,
          Application.AUDIT);

  @Test
  @Tag("long")
  void readOnlyDatabaseCausesAtMostOneRepeatOfEachEvent(FaultySystem system) {
    SentSoFar before = SentSoFar.by(system);
    Set<Integer> answers;
    try (TaskLoad load = system.load(12);
        ForeignLoad foreign = system.foreignLoad()) {
      system.journal().awaitMore(20);
      String url = system.landscape().databaseUrl();
      try (DatabaseRefusal readOnly = DatabaseRefusal.readOnly(url)) {
        WITH_AGENTS.forEach(application -> awaitDown(system.instance(application), "25006"));
        Outage.last(Duration.ofSeconds(15));
        WITH_AGENTS.forEach(application -> awaitDown(system.instance(application), "25006"));
        assertThat(WITH_AGENTS)
            .allSatisfy(
                application ->
                    assertThat(system.instance(application).get("/actuator/health/liveness"))
                        .isEqualTo(200));
      }
      WITH_AGENTS.forEach(application -> system.instance(application).awaitReady());
      system.journal().awaitMore(20);
      answers = load.statuses();
    }

    Topics topics = system.reconcile();
    assertThat(answers).contains(201, 503).noneMatch(status -> status >= 500 && status != 503);
    assertRepeatedOnceAtMost(system, topics, before);
  }

  @Test
  @Tag("extended")
  void fullDatabaseCausesAtMostOneRepeatOfEachEvent(FaultySystem system) {
    SentSoFar before = SentSoFar.by(system);
    Set<Integer> answers;
    Landscape landscape = system.landscape();
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
      try (DatabaseRefusal full =
          DatabaseRefusal.full(landscape.databaseUrl(), landscape.outboxes())) {
        awaitDown(system.instance(Application.ORCHESTRATOR), "53100");
        Outage.last(Duration.ofSeconds(25));
      }
      system.journal().awaitMore(20);
      answers = load.statuses();
    }

    Topics topics = system.reconcile();
    assertThat(answers).contains(201, 503).noneMatch(status -> status >= 500 && status != 503);
    assertRepeatedOnceAtMost(system, topics, before);
  }

  private static void awaitDown(AgentProcess instance, String sqlState) {
    await(instance + " to report why it is not ready")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(instance.get("/actuator/health/readiness")).isEqualTo(503);
              for (String path : List.of("/actuator/health", "/actuator/health/readiness")) {
                assertThat(instance.body(path)).contains("\"sql_state\":\"" + sqlState + "\"");
              }
            });
  }

  private static void assertRepeatedOnceAtMost(
      FaultySystem system, Topics topics, SentSoFar before) {
    System.out.println("Repeats: " + Repeats.of(topics, system));
    SentSoFar since = SentSoFar.by(system, topics).since(before);
    assertThat(since.mails().entrySet()).allMatch(mail -> mail.getValue() <= 2);
    assertThat(since.posts().entrySet()).allMatch(post -> post.getValue() <= 2);
    assertThat(since.records().entrySet()).allMatch(record -> record.getValue() <= 2);
  }
}
