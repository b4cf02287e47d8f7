package io.eventagents.scheduling.reminder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventPublisher;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.PublishedReminders;
import io.eventagents.scheduling.SchedulingFixture;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;

class ReminderAlarmTests {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String DATABASE = "reminder-alarm";

  private final Instant due = SchedulingFixture.NOW.plus(Duration.ofHours(3));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
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
    threads.shutdownNow();
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
  void firesNothingWhileTheEndOfItsTaskIsHandled() {
    fixture.handle(created("task-1"));
    UUID reminder = fixture.reminders.pending("task-1").getFirst().id();
    fixture.clock.tick(HOUR.multipliedBy(2));

    fixture.transaction.executeWithoutResult(
        status -> {
          assertThat(
                  fixture.agent.apply(
                      SchedulingFixture.event("event-9", new TaskCompleted("task-1"))))
              .singleElement()
              .isInstanceOf(ReminderCancelled.class);
          CompletableFuture.runAsync(fixture::ring).orTimeout(30, TimeUnit.SECONDS).join();
        });
    fixture.ring();

    assertThat(fixture.published.of("task-1")).isEmpty();
    assertThat(fixture.reminders.find(reminder).orElseThrow().status())
        .isEqualTo(Reminder.Status.CANCELLED);
    assertThat(fixture.scheduled()).isZero();
  }

  @Test
  void cancelsNothingThatIsBeingFired() {
    fixture.handle(created("task-1"));
    UUID reminder = fixture.reminders.pending("task-1").getFirst().id();
    fixture.clock.tick(HOUR.multipliedBy(2));

    assertThat(endWhileFiring("task-1")).isEmpty();

    assertThat(fixture.published.of("task-1")).hasSize(1);
    assertThat(fixture.reminders.find(reminder).orElseThrow().status())
        .isEqualTo(Reminder.Status.FIRED);
    assertThat(isEnded("task-1")).isTrue();
    fixture.ring();
    assertThat(fixture.published.of("task-1")).hasSize(1);
  }

  @Test
  void cancelsTheNextTimeOfASeriesThatIsBeingFired() {
    fixture.handle(new TaskCreated("task-1", "Review", "user-456", null, due, "FREQ=DAILY", "UTC"));
    fixture.clock.tick(HOUR.multipliedBy(2));

    assertThat(endWhileFiring("task-1"))
        .singleElement()
        .isInstanceOfSatisfying(
            ReminderCancelled.class,
            cancelled ->
                assertThat(reminder(cancelled.reminderId()))
                    .returns(2, Reminder::occurrence)
                    .returns(Reminder.Status.CANCELLED, Reminder::status));

    assertThat(isEnded("task-1")).isTrue();
    fixture.clock.tick(Duration.ofDays(5));
    fixture.ring();
    assertThat(fixture.published.of("task-1")).hasSize(1);
  }

  /** Ends a task while its reminder is fired but not committed, and returns what that emits. */
  private List<ReminderEvent> endWhileFiring(String taskId) {
    CountDownLatch firing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ReminderAlarm alarm =
        fixture.alarm(
            new EventPublisher<>() {
              @Override
              public <P extends TimerEvent> Event<P> publish(P payload, Cause cause) {
                Event<P> event = fixture.published.publish(payload, cause);
                firing.countDown();
                awaitLatch(goOn);
                return event;
              }
            });
    CompletableFuture<Integer> fired = CompletableFuture.supplyAsync(() -> alarm.ring(10), threads);
    awaitLatch(firing);
    CompletableFuture<List<ReminderEvent>> ended =
        CompletableFuture.supplyAsync(() -> fixture.handle(new TaskCompleted(taskId)), threads);
    try {
      await().until(() -> waitingForLocks() == 1);
    } finally {
      goOn.countDown();
    }
    assertThat(fired.orTimeout(30, TimeUnit.SECONDS).join()).isOne();
    return ended.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int waitingForLocks() {
    return fixture
        .database
        .sql(
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
            """)
        .query(Integer.class)
        .single();
  }

  private boolean isEnded(String taskId) {
    return fixture
        .database
        .sql("select ended from scheduling.tasks where task_id = :task_id")
        .param("task_id", taskId)
        .query(Boolean.class)
        .single();
  }

  private Reminder reminder(String id) {
    return fixture.reminders.find(UUID.fromString(id)).orElseThrow();
  }

  /** The inbox forgets after a while which events it has seen. */
  @ParameterizedTest
  @CsvSource({
    "task.completed, false",
    "task.completed, true",
    "task.deleted, false",
    "task.deleted, true"
  })
  void staysCancelledAfterAReplayAndARestart(String type, boolean isSnoozed) {
    ReminderTrigger end =
        type.equals("task.completed") ? new TaskCompleted("task-1") : new TaskDeleted("task-1");
    Map<String, ReminderTrigger> events = new LinkedHashMap<>();
    events.put("event-1", created("task-1"));
    events.put("event-2", updated(due.plus(HOUR)));
    events.put("event-3", updated(due.plus(HOUR.multipliedBy(2))));
    events.forEach(fixture::handle);
    UUID id = fixture.reminders.pending("task-1").getFirst().id();
    if (isSnoozed) {
      var unused =
          fixture
              .snoozing()
              .snooze(id, due.plus(HOUR.multipliedBy(3)), new CorrelationId("req-snooze"));
    }
    events.put("event-4", end);
    assertThat(fixture.handle("event-4", end)).hasSize(1);
    Reminder cancelled = fixture.reminders.find(id).orElseThrow();

    restart();
    replay(events);
    fixture.clock.tick(Duration.ofDays(1));
    BackgroundLoop watch = fixture.watch();
    replay(events);
    fixture.ring();
    watch.stop();

    assertThat(fixture.published.of("task-1")).isEmpty();
    assertThat(cancelled.status()).isEqualTo(Reminder.Status.CANCELLED);
    assertThat(fixture.reminders.find(id)).hasValue(cancelled);
    assertThat(fixture.scheduled()).isZero();
  }

  private void restart() {
    fixture.close();
    fixture = new SchedulingFixture(EmbeddedServers.postgreSql().jdbcUrl(DATABASE));
  }

  private void replay(Map<String, ReminderTrigger> events) {
    events.forEach((id, data) -> assertThat(fixture.handle(id, data)).isEmpty());
  }

  private static TaskUpdated updated(Instant dueAt) {
    return SchedulingFixture.updated("task-1", "Review", "user-456", dueAt);
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
