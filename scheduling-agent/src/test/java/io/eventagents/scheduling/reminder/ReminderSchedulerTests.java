package io.eventagents.scheduling.reminder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.eventagents.EventIds;
import io.eventagents.EventTime;
import io.eventagents.RejectedEvent;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.SchedulingFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReminderSchedulerTests {

  private static final Instant DUE = Instant.parse("2025-01-20T17:00:00Z");

  private static SchedulingFixture fixture;

  private final String taskId = "task-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    fixture =
        new SchedulingFixture(EmbeddedServers.postgreSql().createDatabase("reminder-scheduler"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void schedulesAReminderBeforeTheTaskIsDue() {
    int scheduled = fixture.scheduled();

    assertThat(fixture.handle("event-1", created(DUE)))
        .singleElement()
        .asInstanceOf(type(ReminderScheduled.class))
        .isEqualTo(
            new ReminderScheduled(
                pending().id().toString(),
                taskId,
                "user-456",
                "Review quarterly report",
                Instant.parse("2025-01-20T16:00:00Z"),
                DUE));
    assertThat(pending())
        .returns(Instant.parse("2025-01-20T16:00:00Z"), Reminder::remindAt)
        .returns(DUE, Reminder::dueAt)
        .returns(0, Reminder::sequence);
    assertThat(fixture.scheduled()).isEqualTo(scheduled + 1);
  }

  @Test
  void continuesTheChainFromTheEventThatItEmits() {
    fixture.handle("event-2", created(DUE));

    assertThat(pending().origin())
        .isEqualTo(
            new Reminder.Origin(
                "req-event-2",
                EventIds.derive("reminder-scheduler", "event-2", "reminder.scheduled", 0)));
  }

  @Test
  void schedulesAReminderOfATaskWithoutADueTime() {
    fixture.handle(created(null));

    assertThat(pending().remindAt()).isEqualTo(SchedulingFixture.NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void makesNoSecondReminderOfARepeatedEvent() {
    fixture.handle("event-3", created(DUE));

    assertThat(fixture.handle("event-3", created(DUE))).isEmpty();
    assertThat(fixture.handle(created(DUE.plusSeconds(60)))).isEmpty();
    assertThat(pending().dueAt()).isEqualTo(DUE);
  }

  @Test
  void leavesNothingIfTheTransactionFails() {
    int scheduled = fixture.scheduled();

    fixture.transaction.executeWithoutResult(
        status -> {
          fixture.agent.apply(SchedulingFixture.event("event-4", created(DUE)));
          status.setRollbackOnly();
        });

    assertThat(fixture.reminders.pending(taskId)).isEmpty();
    assertThat(fixture.scheduled()).isEqualTo(scheduled);
  }

  @Test
  void cancelsTheReminderOfACompletedTask() {
    int scheduled = fixture.scheduled();
    fixture.handle(created(DUE));
    Reminder reminder = pending();

    assertThat(fixture.handle(new TaskCompleted(taskId)))
        .containsExactly(new ReminderCancelled(reminder.id().toString(), taskId, "user-456"));
    assertThat(fixture.reminders.find(reminder.id()))
        .get()
        .returns(Reminder.Status.CANCELLED, Reminder::status)
        .returns(1, Reminder::sequence);
    assertThat(fixture.scheduled()).isEqualTo(scheduled);
  }

  @Test
  void cancelsTheReminderOfADeletedTaskOnce() {
    fixture.handle(created(DUE));

    assertThat(fixture.handle(new TaskDeleted(taskId))).hasSize(1);
    assertThat(fixture.handle(new TaskDeleted(taskId))).isEmpty();
    assertThat(fixture.handle(new TaskCompleted(taskId))).isEmpty();
  }

  @Test
  void makesNoReminderOfATaskWhoseEndCameFirst() {
    assertThat(fixture.handle(new TaskCompleted(taskId))).isEmpty();

    assertThat(fixture.handle(created(DUE))).isEmpty();
    assertThat(fixture.handle(updated("Review", DUE))).isEmpty();
    assertThat(fixture.reminders.pending(taskId)).isEmpty();
  }

  @Test
  void movesTheReminderWithTheTask() {
    fixture.handle(created(DUE));
    Reminder before = pending();
    Instant later = DUE.plus(Duration.ofDays(2));

    assertThat(fixture.handle("event-5", updated("Review again", later)))
        .containsExactly(
            new ReminderRescheduled(
                before.id().toString(),
                taskId,
                "user-456",
                "Review again",
                later.minus(Duration.ofHours(1)),
                before.remindAt(),
                later));
    assertThat(pending())
        .returns(before.id(), Reminder::id)
        .returns(later.minus(Duration.ofHours(1)), Reminder::remindAt)
        .returns(1, Reminder::sequence)
        .extracting(Reminder::origin)
        .isEqualTo(
            new Reminder.Origin(
                "req-event-5",
                EventIds.derive("reminder-scheduler", "event-5", "reminder.rescheduled", 0)));
  }

  @Test
  void givesTheReminderTheNewTitle() {
    fixture.handle(created(DUE));

    assertThat(fixture.handle(updated("Review again", DUE))).isEmpty();
    assertThat(pending())
        .returns("Review again", Reminder::title)
        .returns(DUE.minus(Duration.ofHours(1)), Reminder::remindAt)
        .returns(1, Reminder::sequence);
  }

  @Test
  void leavesTheReminderOfAnUnchangedTaskAlone() {
    fixture.handle(created(DUE));

    assertThat(fixture.handle(updated("Review quarterly report", DUE))).isEmpty();
    assertThat(pending().sequence()).isZero();
  }

  @Test
  void schedulesTheReminderByTheFirstEventThatDescribesTheTask() {
    assertThat(fixture.handle(updated("Review again", DUE)))
        .singleElement()
        .isInstanceOf(ReminderScheduled.class);
    assertThat(fixture.handle(created(DUE.minusSeconds(60)))).isEmpty();
    assertThat(pending().title()).isEqualTo("Review again");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {"2025-01-25T17:00:00Z, 1", "2025-01-15T15:00:00Z, 0", "null, 0"})
  void remindsOnceMoreIfThereIsTimeAgain(@Nullable Instant dueAt, int reminders) {
    fixture.handle(created(DUE));
    fixture.transaction.executeWithoutResult(
        status -> fixture.reminders.fire(List.of(pending().id())));

    assertThat(fixture.handle(updated("Review quarterly report", dueAt))).hasSize(reminders);
    assertThat(fixture.reminders.pending(taskId)).hasSize(reminders);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "task\n1", "task\u00001"})
  void rejectsATaskWithoutAnId(String id) {
    assertThatThrownBy(() -> fixture.handle(new TaskCompleted(id)))
        .isInstanceOf(RejectedEvent.class)
        .hasMessage("task_id must have 1 to 255 characters, none of them a control character");
  }

  @Test
  void rejectsAnIdThatIsTooLong() {
    assertThatThrownBy(() -> fixture.handle(new TaskCompleted("x".repeat(256))))
        .isInstanceOf(RejectedEvent.class);
    assertThatThrownBy(
            () ->
                fixture.handle(SchedulingFixture.created(taskId, "Review", "x".repeat(256), null)))
        .isInstanceOf(RejectedEvent.class)
        .hasMessageStartingWith("owner_id");
  }

  @ParameterizedTest
  @CsvSource({
    "+10000-01-01T04:59:59Z,                9999-12-31T23:59:59.999999Z",
    "+1000000000-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999Z",
    "-0001-01-01T00:00:00Z,                 0001-01-01T00:00:00Z"
  })
  void takesTheNearestTimeForOneBeyondCalendars(Instant dueAt, Instant nearest) {
    assertThat(fixture.handle(created(dueAt)))
        .isNotEmpty()
        .allSatisfy(
            event ->
                assertThat(event)
                    .asInstanceOf(type(ReminderScheduled.class))
                    .satisfies(
                        scheduled -> {
                          assertThat(scheduled.dueAt()).isEqualTo(nearest);
                          assertThat(EventTime.isStorable(scheduled.remindAt())).isTrue();
                        }));
  }

  @Test
  void makesATitleReadable() {
    fixture.handle(
        SchedulingFixture.created(
            taskId, "Review\r\n\u0000report \ud83d\ude00 \ud83d", "user-456", DUE));

    assertThat(pending().title()).isEqualTo("Review   report \ud83d\ude00");
  }

  @Test
  void cutsAnEndlessTitle() {
    fixture.handle(SchedulingFixture.created(taskId, "x".repeat(1_000_000), "user-456", DUE));

    assertThat(pending().title()).hasSize(2_000);
  }

  private TaskCreated created(@Nullable Instant dueAt) {
    return SchedulingFixture.created(taskId, "Review quarterly report", "user-456", dueAt);
  }

  private TaskUpdated updated(String title, @Nullable Instant dueAt) {
    return SchedulingFixture.updated(taskId, title, "user-456", dueAt);
  }

  private Reminder pending() {
    assertThat(fixture.reminders.pending(taskId)).hasSize(1);
    return fixture.reminders.pending(taskId).getFirst();
  }
}
