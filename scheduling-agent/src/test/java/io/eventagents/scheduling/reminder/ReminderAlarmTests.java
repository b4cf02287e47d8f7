package io.eventagents.scheduling.reminder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventagents.EventIds;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.PublishedReminders;
import io.eventagents.scheduling.SchedulingFixture;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class ReminderAlarmTests {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String DATABASE = "reminder-alarm";

  private final Instant due = SchedulingFixture.NOW.plus(Duration.ofHours(3));
  private SchedulingFixture fixture;

  @BeforeAll
  static void create() {
    EmbeddedServers.postgreSql().createDatabase(DATABASE);
  }

  @BeforeEach
  void open() {
    fixture = new SchedulingFixture(EmbeddedServers.postgreSql().jdbcUrl(DATABASE));
    fixture.empty();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void publishesTheReminderInTheChainOfItsTask() {
    fixture.watch();
    fixture.handle("event-1", created("task-1"));
    fixture.clock.tick(HOUR.multipliedBy(2));

    awaitAllFired(fixture);

    assertThat(fixture.published.of("task-1"))
        .containsExactly(
            new PublishedReminders.Published(
                "task-1",
                "Review",
                "req-event-1",
                EventIds.derive("reminder-scheduler", "event-1", "reminder.scheduled", 0)));
    assertThat(fixture.reminders.pending("task-1")).isEmpty();
  }

  @Test
  void waitsForTheTimeOfTheReminder() {
    fixture.handle(created("early"));
    fixture.handle(SchedulingFixture.created("late", "Review", "user-456", due.plus(HOUR)));
    fixture.clock.tick(HOUR.multipliedBy(2));
    fixture.watch();

    await().until(() -> fixture.scheduled() == 1);

    assertThat(fixture.published.of("early")).hasSize(1);
    assertThat(fixture.published.of("late")).isEmpty();
  }

  @Test
  void publishesOnceIfTheFirstRingFails() {
    fixture.published.refuse("task-1"); // together with others, and alone
    fixture.handle(created("task-1"));
    UUID reminder = fixture.reminders.pending("task-1").getFirst().id();
    fixture.clock.tick(HOUR.multipliedBy(2));
    fixture.watch();
    await().until(() -> fixture.reminders.failures(reminder) > 0);

    assertThat(fixture.published.of("task-1")).isEmpty();

    fixture.published.refuse("");
    awaitAllFired(fixture);
    assertThat(fixture.published.of("task-1")).hasSize(1);
  }

  @Test
  void publishesOnceOverSeveralInstances() {
    List<String> tasks = IntStream.range(0, 50).mapToObj(i -> "task-" + i).toList();
    tasks.forEach(task -> fixture.handle(created(task)));
    fixture.clock.tick(HOUR.multipliedBy(2));
    fixture.watch();
    fixture.watch();
    fixture.watch();

    awaitAllFired(fixture);

    assertThat(tasks).allSatisfy(task -> assertThat(fixture.published.of(task)).hasSize(1));
  }

  /** When a process dies, its transaction and its locks end. */
  @Test
  void takesOverTheRemindersOfAProcessThatDied() throws Exception {
    fixture.handle(created("task-1"));
    fixture.clock.tick(HOUR.multipliedBy(2));
    try (Connection dead = fixture.dataSource.getConnection()) {
      dead.setAutoCommit(false);
      dead.createStatement().execute("select * from scheduling.reminders for update");

      fixture.ring();
      assertThat(fixture.published.of("task-1")).isEmpty();

      dead.rollback();
      dead.setAutoCommit(true);
    }

    fixture.ring();
    assertThat(fixture.published.of("task-1")).hasSize(1);
  }

  @Test
  void publishesOnceIfTwoProcessesRingAtOnce() throws Exception {
    List<String> tasks = IntStream.range(0, 20).mapToObj(i -> "task-" + i).toList();
    tasks.forEach(task -> fixture.handle(created(task)));
    fixture.clock.tick(HOUR.multipliedBy(2));

    CyclicBarrier together = new CyclicBarrier(4);
    Runnable ring =
        () -> {
          try {
            together.await();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          while (fixture.alarm().ring(3) > 0) {}
        };
    List<Thread> others = Stream.generate(() -> Thread.ofVirtual().start(ring)).limit(3).toList();
    ring.run();
    for (Thread other : others) {
      other.join();
    }
    fixture.ring();

    assertThat(tasks).allSatisfy(task -> assertThat(fixture.published.of(task)).hasSize(1));
  }

  @Test
  void publishesNothingOfATaskThatEnds() {
    fixture.handle(created("task-1"));
    fixture.handle(new TaskCompleted("task-1"));
    fixture.clock.tick(HOUR.multipliedBy(2));

    fixture.ring();

    assertThat(fixture.published.of("task-1")).isEmpty();
  }

  /** An event of the task comes before all reminders that are due, or after them. */
  @Test
  void leavesATaskAloneWhileItsEventIsHandled() {
    fixture.handle(created("task-1"));
    fixture.clock.tick(HOUR.multipliedBy(2));

    fixture.transaction.executeWithoutResult(
        status -> {
          fixture.agent.apply(
              SchedulingFixture.event(
                  "event-9",
                  SchedulingFixture.updated("task-1", "Review", "user-456", due.plus(HOUR))));
          CompletableFuture.runAsync(fixture::ring).join();
        });
    fixture.ring();

    assertThat(fixture.published.of("task-1")).isEmpty();
    assertThat(fixture.reminders.pending("task-1").getFirst().remindAt()).isEqualTo(due);
  }

  @Test
  void firesTheOthersIfOneCannotBeFired() {
    fixture.handle(created("task-1"));
    fixture.handle(created("task-2"));
    fixture.handle(created("task-3"));
    fixture.clock.tick(HOUR.multipliedBy(2));
    fixture.published.refuse("task-2");

    fixture.ring();
    assertThat(fixture.published.of("task-1")).hasSize(1);
    assertThat(fixture.published.of("task-3")).hasSize(1);
    assertThat(fixture.reminders.pending("task-2")).hasSize(1);

    fixture.published.refuse("");
    fixture.clock.tick(Duration.ofSeconds(1));
    fixture.ring();
    assertThat(fixture.published.of("task-2")).isEmpty();
    fixture.clock.tick(Duration.ofSeconds(1));
    fixture.ring();
    assertThat(fixture.published.of("task-2")).hasSize(1);
  }

  @Test
  void blamesNoReminderIfTheDatabaseRefuses() {
    fixture.handle(created("task-1"));
    UUID reminder = fixture.reminders.pending("task-1").getFirst().id();
    fixture.clock.tick(HOUR.multipliedBy(2));
    fixture
        .database
        .sql(
            """
            create or replace function no_space() returns trigger language plpgsql as
            $$ begin raise exception 'no space' using errcode = '53100'; end $$
            """)
        .update();
    fixture
        .database
        .sql("create trigger no_space before insert on published execute function no_space()")
        .update();
    try {
      assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> fixture.ring());
    } finally {
      fixture.database.sql("drop trigger no_space on published").update();
    }

    assertThat(fixture.reminders.failures(reminder)).isZero();
    fixture.ring();
    assertThat(fixture.published.of("task-1")).hasSize(1);
  }

  @Test
  void goesOnAfterARestart() {
    BackgroundLoop watch = fixture.watch();
    fixture.handle(created("task-1"));
    watch.stop();
    fixture.clock.tick(HOUR.multipliedBy(2));
    watch.start();

    awaitAllFired(fixture);

    assertThat(fixture.published.of("task-1")).hasSize(1);
  }

  @Test
  void looksForTimersEvenIfTheClockIsSetBack() {
    fixture.clock.tick(HOUR);
    fixture.watch();
    fixture.handle(
        SchedulingFixture.created("task-1", "Review", "user-456", SchedulingFixture.NOW));
    awaitAllFired(fixture);
    fixture.clock.stopAt(SchedulingFixture.NOW);

    fixture.handle(
        SchedulingFixture.created("task-2", "Review", "user-456", SchedulingFixture.NOW));

    await().until(() -> fixture.scheduled() == 0);
    assertThat(fixture.published.of("task-2")).hasSize(1);
  }

  @Test
  void leavesNoThreadBehind() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    BackgroundLoop watch = fixture.watch();

    watch.stop();

    assertThat(watch.isRunning()).isFalse();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("reminder-alarm")));
  }

  @Test
  void goesOnWhenTheDatabaseIsBack() {
    try (EmbeddedPostgreSql server = EmbeddedPostgreSql.builder().start();
        SchedulingFixture outage = new SchedulingFixture(server.createDatabase("outage"))) {
      outage.watch();
      outage.handle(created("task-1"));
      server.stop();
      outage.clock.tick(HOUR.multipliedBy(2));
      server.start();

      awaitAllFired(outage);
      assertThat(outage.published.of("task-1")).hasSize(1);
    }
  }

  /** The clock says when a failed reminder is retried, so the test moves it. */
  private static void awaitAllFired(SchedulingFixture fixture) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              fixture.clock.tick(Duration.ofSeconds(1));
              return fixture.scheduled() == 0;
            });
  }

  private TaskCreated created(String taskId) {
    return SchedulingFixture.created(taskId, "Review", "user-456", due);
  }
}
