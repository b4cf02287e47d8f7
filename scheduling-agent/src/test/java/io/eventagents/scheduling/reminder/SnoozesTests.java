package io.eventagents.scheduling.reminder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.CorrelationId;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.PublishedReminders;
import io.eventagents.scheduling.SchedulingFixture;
import io.eventagents.scheduling.reminder.SnoozeRejection.EndedReminder;
import io.eventagents.scheduling.reminder.SnoozeRejection.UnknownReminder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnoozesTests {

  private static final String DATABASE = "snoozing";
  private static final CorrelationId REQUEST = new CorrelationId("req-snooze");

  private final Instant due = SchedulingFixture.NOW.plus(Duration.ofHours(3));
  private final Instant later = due.plus(Duration.ofMinutes(15)).truncatedTo(ChronoUnit.MILLIS);
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
  void putsOffAReminderThatIsToCome() {
    UUID id = schedule();

    assertThat(fixture.snoozing().snooze(id, later, REQUEST))
        .returns(later, Reminder::remindAt)
        .returns(1, Reminder::sequence);
    fixture.clock.stopAt(due);
    fixture.ring();
    assertThat(fixture.published.of("task-1")).isEmpty();

    fixture.clock.stopAt(later);
    fixture.ring();
    assertThat(fixture.published.of("task-1"))
        .singleElement()
        .returns("req-snooze", PublishedReminders.Published::correlationId);
    assertThat(fixture.published.of("task-1", "reminder.rescheduled"))
        .containsExactly(
            new PublishedReminders.Published("task-1", "Review", "req-snooze", "api-snooze-" + id));
  }

  @Test
  void remindsOnceMoreIfTheReminderHasFired() {
    UUID id = schedule();
    fixture.clock.stopAt(due);
    fixture.ring();

    fixture.snoozing().snooze(id, later, REQUEST);
    fixture.clock.stopAt(later);
    fixture.ring();

    assertThat(fixture.published.of("task-1")).hasSize(2);
  }

  @Test
  void leavesTheReminderAloneIfTheEventCannotBePublished() {
    UUID id = schedule();
    fixture.published.failNext(1);

    assertThatThrownBy(() -> fixture.snoozing().snooze(id, later, REQUEST))
        .isInstanceOf(IllegalStateException.class);
    assertThat(fixture.snoozing().find(id).remindAt())
        .isEqualTo(due.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void refusesAReminderThatIsCancelledOrUnknown() {
    UUID id = schedule();
    fixture.handle(new TaskCompleted("task-1"));

    assertThatThrownBy(() -> fixture.snoozing().snooze(id, later, REQUEST))
        .isInstanceOf(EndedReminder.class)
        .hasMessageContaining("Nobody is reminded of task task-1 any more");
    assertThatThrownBy(() -> fixture.snoozing().snooze(UUID.randomUUID(), later, REQUEST))
        .isInstanceOf(UnknownReminder.class);
  }

  @Test
  void refusesAFiredReminderOfATaskThatEnded() {
    UUID id = schedule();
    fixture.clock.stopAt(due);
    fixture.ring();
    fixture.handle(new TaskCompleted("task-1"));

    assertThatThrownBy(() -> fixture.snoozing().snooze(id, later, REQUEST))
        .isInstanceOf(EndedReminder.class);
  }

  private UUID schedule() {
    fixture.handle(SchedulingFixture.created("task-1", "Review", "user-1", due));
    return fixture.reminders.pending("task-1").getFirst().id();
  }
}
