package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.EventIds;
import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.embedded.EmbeddedServers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimerWatchTests {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String DATABASE = "timer-watch";

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

    awaitNoTimers(fixture);

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
    fixture.handle(new TaskCreated("late", "Review", "user-456", due.plus(HOUR)));
    fixture.clock.tick(HOUR.multipliedBy(2));
    fixture.watch();

    await().until(() -> fixture.timers() == 1);

    assertThat(fixture.published.of("early")).hasSize(1);
    assertThat(fixture.published.of("late")).isEmpty();
  }

  @Test
  void publishesOnceWhereTheFirstRingFails() {
    fixture.published.failNext(1);
    fixture.handle(created("task-1"));
    fixture.clock.tick(HOUR.multipliedBy(2));
    fixture.watch();
    await().until(() -> fixture.published.remainingFailures() == 0);

    assertThat(fixture.published.of("task-1")).isEmpty();

    awaitNoTimers(fixture);
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

    awaitNoTimers(fixture);

    assertThat(tasks).allSatisfy(task -> assertThat(fixture.published.of(task)).hasSize(1));
  }

  @Test
  void publishesOnceWhereTheRingOfADeadProcessIsTakenOver() {
    fixture.handle(created("task-1"));
    ring("task-1");
    fixture
        .database
        .sql("update scheduling.timers set picked = true, picked_by = 'dead', last_heartbeat = ?")
        .param(SchedulingFixture.NOW.atOffset(ZoneOffset.UTC))
        .update();
    fixture.clock.tick(HOUR.multipliedBy(2));
    fixture.watch();

    awaitNoTimers(fixture);

    assertThat(fixture.published.of("task-1")).hasSize(1);
  }

  @Test
  void publishesOnceWhereTwoProcessesRingAtOnce() throws Exception {
    List<String> tasks = IntStream.range(0, 20).mapToObj(i -> "task-" + i).toList();
    tasks.forEach(task -> fixture.handle(created(task)));
    fixture.clock.tick(HOUR.multipliedBy(2));

    for (String task : tasks) {
      UUID reminder = fixture.reminders.pending(task).getFirst().id();
      CyclicBarrier together = new CyclicBarrier(2);
      Runnable ring =
          () -> {
            try {
              together.await();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            alarm().ring(reminder);
          };
      Thread other = Thread.ofVirtual().start(ring);
      ring.run();
      other.join();
    }

    assertThat(tasks).allSatisfy(task -> assertThat(fixture.published.of(task)).hasSize(1));
  }

  @Test
  void publishesNothingOfATaskThatEndedWhileItsTimerRang() {
    fixture.handle(created("task-1"));
    UUID reminder = fixture.reminders.pending("task-1").getFirst().id();
    fixture.database.sql("update scheduling.timers set picked = true").update();

    fixture.handle(new TaskCompleted("task-1"));

    assertThat(fixture.timers()).isOne();
    assertThat(alarm().ring(reminder)).isEmpty();
    assertThat(fixture.published.of("task-1")).isEmpty();
  }

  @Test
  void ringsAgainWhereTheReminderWasMovedWhileItsTimerRang() {
    fixture.handle(created("task-1"));
    UUID reminder = fixture.reminders.pending("task-1").getFirst().id();
    fixture.database.sql("update scheduling.timers set picked = true").update();

    fixture.handle(new TaskUpdated("task-1", "Review", "user-456", due.plus(HOUR)));
    fixture.clock.tick(HOUR.multipliedBy(2));

    assertThat(alarm().ring(reminder)).contains(due);
    assertThat(fixture.published.of("task-1")).isEmpty();
  }

  @Test
  void goesOnAfterARestart() {
    TimerWatch watch = fixture.watch();
    fixture.handle(created("task-1"));
    watch.stop();
    fixture.clock.tick(HOUR.multipliedBy(2));
    watch.start();

    awaitNoTimers(fixture);

    assertThat(fixture.published.of("task-1")).hasSize(1);
  }

  @Test
  void looksForTimersThoughTheClockIsSetBack() {
    fixture.clock.tick(HOUR);
    fixture.watch();
    fixture.handle(new TaskCreated("task-1", "Review", "user-456", SchedulingFixture.NOW));
    awaitNoTimers(fixture);
    fixture.clock.stopAt(SchedulingFixture.NOW);

    fixture.handle(new TaskCreated("task-2", "Review", "user-456", SchedulingFixture.NOW));

    await().until(() -> fixture.timers() == 0);
    assertThat(fixture.published.of("task-2")).hasSize(1);
  }

  @Test
  void leavesNoThreadBehind() {
    TimerWatch watch = fixture.watch();

    watch.stop();

    assertThat(watch.isRunning()).isFalse();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("db-scheduler")));
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

      awaitNoTimers(outage);
      assertThat(outage.published.of("task-1")).hasSize(1);
    }
  }

  /** What failed is tried again by the clock, so it is ticked. */
  private static void awaitNoTimers(SchedulingFixture fixture) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              fixture.clock.tick(Duration.ofSeconds(1));
              return fixture.timers() == 0;
            });
  }

  private void ring(String taskId) {
    UUID reminder = fixture.reminders.pending(taskId).getFirst().id();
    fixture.clock.tick(HOUR.multipliedBy(2));
    assertThat(alarm().ring(reminder)).isEmpty();
  }

  private ReminderAlarm alarm() {
    return new ReminderAlarm(
        fixture.reminders, fixture.published, fixture.transaction, fixture.clock);
  }

  private TaskCreated created(String taskId) {
    return new TaskCreated(taskId, "Review", "user-456", due);
  }
}
