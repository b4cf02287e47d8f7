package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** This version beside the previous one, and on the data of an early one. */
@Tag("extended")
@SuppressWarnings("try") // a load works until it is closed
class UpgradesIT {

  private static final String PREVIOUS = System.getProperty("faults.previous", "HEAD~1");

  /** From before lines were chained, among much else. */
  private static final String EARLY = "3db0011d22196ee74a073abda63795d5476f4b1a";

  /**
   * After the audit agent, of which one instance runs at a time. The orchestrator, which others
   * wait for, is last.
   */
  private static final List<Application> ORDER =
      List.of(Application.NOTIFICATION, Application.SCHEDULING, Application.ORCHESTRATOR);

  private static final List<Application> ALL =
      List.of(
          Application.AUDIT,
          Application.NOTIFICATION,
          Application.SCHEDULING,
          Application.ORCHESTRATOR);

  /** How long before the due time the reminder comes. */
  private static final Duration LEAD_TIME = Duration.ofHours(1);

  /**
   * Longer than it takes to stop the early version, which must leave the reminder to its successor.
   */
  private static final Duration REMIND_AFTER = Duration.ofSeconds(60);

  /** The verdict on a log whose first lines are older than the line chain: it is in order. */
  private static final int UNCHAINED_STATUS = 0;

  private static final String UNCHAINED_VERDICT = "before the chain began";

  private final Seed seed = Seed.ofRun();

  @Test
  void versionsSideBySideLoseNothing() {
    Path directory = directory("upgrade");
    Programs previous =
        Programs.unpack(EarlierVersion.built(PREVIOUS), directory.resolve("programs-before"));
    try (FaultySystem system = FaultySystem.start(directory, seed, previous)) {
      try (TaskLoad load = system.load(12)) {
        system.journal().awaitMore(20);
        system.startFrom(system.programs());
        replaceAll(system);
      }
      system.reconcile();

      // And back again, on tables and topics that the newer version has written.
      try (TaskLoad load = system.load(12)) {
        system.startFrom(previous);
        replaceAll(system);
      }
      system.reconcile();
    }
  }

  @Test
  void continuesWithTheDataOfAnEarlyVersion() {
    Path directory = directory("early");
    Programs early =
        Programs.unpack(EarlierVersion.built(EARLY), directory.resolve("programs-before"));
    try (FaultySystem system = FaultySystem.start(directory, seed, early)) {
      commands(system, "before", 30);
      String waiting =
          Objects.requireNonNull(
              create(system, "waiting", Instant.now().plus(LEAD_TIME).plus(REMIND_AFTER)).id());
      await("the reminder of " + waiting)
          .atMost(AgentProcess.PATIENCE)
          .until(() -> isScheduled(system, waiting));
      ALL.forEach(application -> system.terminate(system.instance(application)));
      assertThat(isScheduled(system, waiting)).isTrue();

      system.startFrom(system.programs());
      AgentProcess refused = system.begin(Application.SCHEDULING);
      refused.process().awaitExit(AgentProcess.PATIENCE);
      system.terminate(refused);
      assertThat(refused.process().tail())
          .contains("The schema scheduling is at version 1")
          .contains("event-agents.database.no-older-instances=scheduling@1");

      ALL.forEach(
          application ->
              system.begin(application, "--event-agents.database.no-older-instances=scheduling@1"));
      ALL.forEach(application -> system.instance(application).awaitReady());
      commands(system, "after", 30);
      await("the reminder of " + waiting + " to be due")
          .atMost(AgentProcess.PATIENCE)
          .until(() -> !isScheduled(system, waiting));
      Topics topics = system.reconcile(UNCHAINED_STATUS, UNCHAINED_VERDICT);

      assertThat(topics.deadLetters()).isEmpty();
      assertThat(topics.of("reminder-events"))
          .filteredOn(event -> event.type().equals("reminder.due") && event.key().equals(waiting))
          .hasSize(1);
    }
  }

  /**
   * Creates tasks of reachable owners, without anything that the versions might handle differently.
   */
  private static void commands(FaultySystem system, String name, int tasks) {
    for (int i = 0; i < tasks; i++) {
      String task = name + i;
      TaskClient.Answer created = create(system, task, Instant.now().plus(Duration.ofDays(2)));
      if (i % 2 == 0) {
        String correlation = task + "-done";
        TaskClient.Answer completed =
            system.client().complete(Objects.requireNonNull(created.id()), correlation);
        system.journal().add(new Command(task, "task.completed", correlation, completed.outcome()));
      }
    }
  }

  private static TaskClient.Answer create(FaultySystem system, String name, Instant dueAt) {
    String correlation = name + "-new";
    TaskClient.Answer answer =
        system
            .client()
            .create(
                Map.of(
                    "title",
                    "Task " + name,
                    "owner_id",
                    "user-" + name,
                    "due_at",
                    dueAt.toString()),
                correlation);
    system.journal().add(new Command(name, "task.created", correlation, answer.outcome()));
    return answer;
  }

  private static boolean isScheduled(FaultySystem system, String taskId) {
    return JdbcClient.create(new DriverManagerDataSource(system.landscape().databaseUrl()))
        .sql(
            "select exists (select from scheduling.reminders where task_id = ? and status ="
                + " 'SCHEDULED')")
        .param(taskId)
        .query(Boolean.class)
        .single();
  }

  /** Replaces each application in turn; for a while, both versions of it run side by side. */
  private static void replaceAll(FaultySystem system) {
    replaceAudit(system);
    for (Application application : ORDER) {
      AgentProcess replaced = system.instance(application);
      system.beginAnother(application).awaitReady();
      awaitMembers(system, application, 2);
      // Each of the two handles keys of its own, on the same tables.
      system.journal().awaitMore(60);
      system.terminate(replaced);
      system.journal().awaitMore(10);
    }
  }

  private static void replaceAudit(FaultySystem system) {
    system.terminate(system.instance(Application.AUDIT));
    system.begin(Application.AUDIT).awaitReady();
    system.journal().awaitMore(10);
  }

  private static void awaitMembers(FaultySystem system, Application application, int members) {
    GroupOffsets groups = new GroupOffsets(system.landscape());
    for (String group : application.groups()) {
      await(group + " to have " + members + " members")
          .atMost(AgentProcess.PATIENCE)
          .until(() -> groups.members(group) == members);
    }
  }

  private static Path directory(String name) {
    return Path.of("target", "faults", System.currentTimeMillis() + "-" + name).toAbsolutePath();
  }
}
