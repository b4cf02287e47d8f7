package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.CorrelationId;
import io.eventagents.EventIds;
import io.eventagents.RejectedEvent;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.reminder.LeadTimes;
import io.eventagents.scheduling.reminder.Reminder;
import io.eventagents.scheduling.reminder.ReminderCancelled;
import io.eventagents.scheduling.reminder.ReminderRescheduled;
import io.eventagents.scheduling.reminder.ReminderScheduled;
import io.eventagents.scheduling.reminder.ReminderTimes;
import io.eventagents.scheduling.reminder.TaskCompleted;
import io.eventagents.scheduling.reminder.TaskCreated;
import io.eventagents.scheduling.reminder.TaskUpdated;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that recur and tasks with several reminders. */
class RecurringTaskTests {

  private static final String DATABASE = "recurring-tasks";
  private static final Instant DUE = Instant.parse("2025-01-16T17:00:00Z");

  private SchedulingFixture fixture;

  @BeforeAll
  static void create() {
    EmbeddedServers.postgreSql().createDatabase(DATABASE);
  }

  @BeforeEach
  void open() {
    ReminderTimes times =
        new ReminderTimes(
            new LeadTimes(
                List.of(Duration.ofHours(1)),
                Map.of(5, List.of(Duration.ofHours(6), Duration.ofHours(1)))),
            Duration.ofDays(1),
            ZoneOffset.UTC,
            null);
    fixture =
        new SchedulingFixture(EmbeddedServers.postgreSql().jdbcUrl(DATABASE), times, List.of());
    fixture.empty();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void plansTheNextTimeWhenThisOneIsOver() {
    fixture.handle("event-1", created(1, DUE, "FREQ=DAILY", null));
    assertThat(reminders()).containsExactly(DUE.minusSeconds(3600));

    fixture.clock.stopAt(DUE);
    fixture.ring();

    assertThat(reminders()).containsExactly(DUE.plus(Duration.ofHours(23)));
    String scheduled = EventIds.derive("reminder-scheduler", "event-1", "reminder.scheduled", 0);
    String due = EventIds.derive("reminder-scheduler", scheduled, "reminder.due", 0);
    assertThat(fixture.published.of("task-1", "reminder.scheduled"))
        .containsExactly(new PublishedReminders.Published("task-1", "Review", "req-event-1", due));
    assertThat(fixture.reminders.pending("task-1").getFirst().origin())
        .isEqualTo(
            new Reminder.Origin(
                "req-event-1",
                EventIds.derive("reminder-scheduler", due, "reminder.scheduled", 0)));
  }

  @Test
  void plansTheNextTimeAfterTheLastReminderOfThisOne() {
    fixture.handle(created(5, DUE, "FREQ=DAILY", null));
    assertThat(reminders()).hasSize(2);

    fixture.clock.stopAt(DUE.minus(Duration.ofHours(6)));
    fixture.ring();
    assertThat(reminders()).hasSize(1);

    fixture.clock.stopAt(DUE);
    fixture.ring();
    assertThat(reminders())
        .containsExactly(DUE.plus(Duration.ofHours(18)), DUE.plus(Duration.ofHours(23)));
  }

  @Test
  void remindsOnceOfTimesThatPassedWhileNobodyLooked() {
    fixture.handle(created(1, DUE, "FREQ=DAILY;COUNT=10", null));
    fixture.clock.stopAt(DUE.plus(Duration.ofDays(5)).plusSeconds(60));

    fixture.ring();

    assertThat(fixture.published.of("task-1")).hasSize(1);
    assertThat(reminders()).containsExactly(DUE.plus(Duration.ofDays(6)).minusSeconds(3600));
  }

  @Test
  void endsWithItsRule() {
    fixture.handle(created(1, DUE, "FREQ=DAILY;COUNT=3", null));

    for (int day = 0; day < 5; day++) {
      fixture.clock.stopAt(DUE.plus(Duration.ofDays(day)));
      fixture.ring();
    }

    assertThat(fixture.published.of("task-1")).hasSize(3);
    assertThat(reminders()).isEmpty();
  }

  @Test
  void endsWithItsTask() {
    fixture.handle(created(1, DUE, "FREQ=DAILY", null));
    fixture.handle(new TaskCompleted("task-1"));
    fixture.clock.stopAt(DUE.plus(Duration.ofDays(5)));

    fixture.ring();

    assertThat(fixture.published.of("task-1")).isEmpty();
  }

  @Test
  void readsTheRuleByTheClocksOfTheTask() {
    Instant nineInBerlin = Instant.parse("2025-03-29T08:00:00Z");
    fixture.handle(created(1, nineInBerlin, "FREQ=DAILY", "Europe/Berlin"));
    fixture.clock.stopAt(nineInBerlin);

    fixture.ring();

    assertThat(reminders()).containsExactly(Instant.parse("2025-03-30T06:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // 2 January 2027 is in week 53 of 2026. Nobody looked between 2020 and 2026.
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SA | 2025-01-16T17:00:00Z | 2026-06-01T00:00:00Z | 2027-01-02T17:00:00Z",
        // Of the year in which it begins, 16 March was the first.
        "FREQ=YEARLY;BYMONTH=3,9;BYSETPOS=1 | 2025-06-16T17:00:00Z | 2025-06-16T17:00:00Z | 2026-03-16T17:00:00Z",
        "FREQ=YEARLY;BYYEARDAY=-366;BYDAY=SU | 2025-06-01T17:00:00Z | 2025-06-01T17:00:00Z | 2040-01-01T17:00:00Z",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31 | 2025-01-15T17:00:00Z | 2025-02-01T00:00:00Z | 2026-01-31T17:00:00Z"
      })
  void goesOnWithTheTimeThatTheRuleNames(String rule, Instant due, Instant now, Instant next) {
    fixture.clock.stopAt(due.minus(Duration.ofDays(1)));
    fixture.handle(created(1, due, rule, null));
    fixture.clock.stopAt(now);

    fixture.ring();

    assertThat(reminders()).containsExactly(next.minus(Duration.ofHours(1)));
  }

  /** Versions that planned with another library took other calendars. */
  @Test
  void endsASeriesWhoseRuleIsNoLongerTaken() {
    fixture.handle(created(1, DUE, "FREQ=DAILY", null));
    fixture
        .database
        .sql("update scheduling.tasks set recurrence = 'RSCALE=ISLAMIC-CIVIL;FREQ=MONTHLY'")
        .update();
    fixture.clock.stopAt(DUE);

    fixture.ring();
    assertThat(fixture.published.of("task-1", "reminder.due")).hasSize(1);
    assertThat(reminders()).isEmpty();

    fixture.clock.stopAt(DUE.plusSeconds(1));
    fixture.handle(new TaskUpdated("task-1", "Review", "user-1", 1, DUE, "FREQ=DAILY", null));
    assertThat(reminders()).containsExactly(DUE.plus(Duration.ofHours(23)));
  }

  @Test
  void beginsAnewWithAnotherRule() {
    fixture.handle(created(1, DUE, "FREQ=DAILY", null));
    fixture.clock.stopAt(DUE.plus(Duration.ofHours(1)));
    fixture.ring();

    assertThat(
            fixture.handle(
                new TaskUpdated("task-1", "Review", "user-1", 1, DUE, "FREQ=WEEKLY", null)))
        .singleElement()
        .isInstanceOf(ReminderRescheduled.class);
    assertThat(reminders()).containsExactly(DUE.plus(Duration.ofDays(7)).minusSeconds(3600));
  }

  @Test
  void goesOnIfAReminderIsSnoozed() {
    fixture.handle(created(1, DUE, "FREQ=DAILY", null));
    Reminder reminder = fixture.reminders.pending("task-1").getFirst();
    Instant later = DUE.plus(Duration.ofDays(3));

    fixture.snoozing().snooze(reminder.id(), later, new CorrelationId("req-snooze"));

    assertThat(reminders()).containsExactly(DUE.plus(Duration.ofHours(23)), later);
  }

  @Test
  void makesTheRemindersOfTheNewPriority() {
    fixture.handle(created(1, DUE, null, null));
    Reminder last = fixture.reminders.pending("task-1").getFirst();

    assertThat(fixture.handle(new TaskUpdated("task-1", "Review", "user-1", 5, DUE, null, null)))
        .singleElement()
        .isInstanceOf(ReminderScheduled.class);
    assertThat(reminders())
        .containsExactly(DUE.minus(Duration.ofHours(6)), DUE.minus(Duration.ofHours(1)));
    assertThat(fixture.reminders.pending("task-1").getLast().id()).isEqualTo(last.id());

    assertThat(fixture.handle(new TaskUpdated("task-1", "Review", "user-1", 1, DUE, null, null)))
        .singleElement()
        .isInstanceOf(ReminderCancelled.class);
    assertThat(reminders()).containsExactly(DUE.minus(Duration.ofHours(1)));
  }

  @Test
  void movesEachReminderWithTheTask() {
    fixture.handle(created(5, DUE, null, null));
    Instant later = DUE.plus(Duration.ofDays(1));

    assertThat(
            fixture.handle(
                "event-2", new TaskUpdated("task-1", "Review", "user-1", 5, later, null, null)))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event).isInstanceOf(ReminderRescheduled.class));
    assertThat(fixture.reminders.pending("task-1"))
        .extracting(it -> it.origin().eventId())
        .containsExactly(
            EventIds.derive("reminder-scheduler", "event-2", "reminder.rescheduled", 0),
            EventIds.derive("reminder-scheduler", "event-2", "reminder.rescheduled", 1));
  }

  @Test
  void rejectsAnInvalidRule() {
    assertThatThrownBy(() -> fixture.handle(created(1, DUE, "FREQ=HOURLY", null)))
        .isInstanceOf(RejectedEvent.class)
        .hasMessage("recurrence must not recur HOURLY: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY");
    assertThatThrownBy(
            () -> fixture.handle(created(1, DUE, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", null)))
        .isInstanceOf(RejectedEvent.class)
        .hasMessageStartingWith("recurrence must name a time that comes again");
    assertThatThrownBy(() -> fixture.handle(created(1, DUE, "RSCALE=HEBREW;FREQ=DAILY", null)))
        .isInstanceOf(RejectedEvent.class)
        .hasMessage(
            "recurrence must not have RSCALE=HEBREW: a task recurs by the Gregorian calendar");
    assertThatThrownBy(() -> fixture.handle(created(1, null, "FREQ=DAILY", null)))
        .isInstanceOf(RejectedEvent.class)
        .hasMessage("recurrence needs due_at, the first time that the task is due");
    assertThatThrownBy(() -> fixture.handle(created(1, DUE, null, "Mars/Olympus")))
        .isInstanceOf(RejectedEvent.class)
        .hasMessage("time_zone must be the name of one, such as Europe/Berlin");
    assertThat(reminders()).isEmpty();
  }

  private List<Instant> reminders() {
    return fixture.reminders.pending("task-1").stream().map(Reminder::remindAt).toList();
  }

  private static TaskCreated created(
      int priority, @Nullable Instant due, @Nullable String rule, @Nullable String zone) {
    return new TaskCreated("task-1", "Review", "user-1", priority, due, rule, zone);
  }
}
