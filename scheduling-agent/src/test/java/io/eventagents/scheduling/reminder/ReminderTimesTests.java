package io.eventagents.scheduling.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.EventTime;
import io.eventagents.scheduling.reminder.WorkingHours.Move;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReminderTimesTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:00Z"); // a Wednesday

  private final LeadTimes leads =
      new LeadTimes(
          List.of(Duration.ofHours(1)),
          Map.of(
              5, List.of(Duration.ofMinutes(10), Duration.ofDays(1), Duration.ofHours(1)),
              2, List.of()));

  @ParameterizedTest
  @CsvSource({
    "2025-01-20T17:00:00Z, 2025-01-20T16:00:00Z",
    "2025-01-15T15:30:00Z, 2025-01-15T14:30:00Z",
    "2025-01-15T15:00:00Z, 2025-01-15T14:30:00Z",
    "2024-12-31T23:59:59Z, 2025-01-15T14:30:00Z",
    ", 2025-01-16T14:30:00Z"
  })
  void remindsInGoodTimeOrAtOnce(@Nullable Instant dueAt, Instant expected) {
    assertThat(remindAt(1, dueAt, null, ZoneOffset.UTC)).containsExactly(expected);
  }

  @Test
  void remindsAsOftenAsThePriorityAsksFor() {
    Instant due = Instant.parse("2025-01-20T17:00:00Z");

    assertThat(remindAt(5, due, null, ZoneOffset.UTC))
        .containsExactly(
            Instant.parse("2025-01-19T17:00:00Z"),
            Instant.parse("2025-01-20T16:00:00Z"),
            Instant.parse("2025-01-20T16:50:00Z"));
    assertThat(remindAt(2, due, null, ZoneOffset.UTC)).isEmpty();
  }

  @Test
  void leavesOutWhatHasPassedIfAnotherTimeIsToCome() {
    assertThat(remindAt(5, NOW.plus(Duration.ofMinutes(30)), null, ZoneOffset.UTC))
        .containsExactly(NOW.plus(Duration.ofMinutes(20)));
  }

  @ParameterizedTest
  @CsvSource({
    // within
    "PREVIOUS, 2025-01-16T12:00:00Z, 2025-01-16T11:00:00Z",
    "PREVIOUS, 2025-01-16T09:00:00Z, 2025-01-16T08:00:00Z",
    "PREVIOUS, 2025-01-16T19:00:00Z, 2025-01-16T18:00:00Z",
    // in the evening, in the morning, at the weekend
    "PREVIOUS, 2025-01-16T22:00:00Z, 2025-01-16T18:00:00Z",
    "PREVIOUS, 2025-01-17T06:00:00Z, 2025-01-16T18:00:00Z",
    "PREVIOUS, 2025-01-19T12:00:00Z, 2025-01-17T18:00:00Z",
    "NEXT, 2025-01-16T22:00:00Z, 2025-01-17T08:00:00Z",
    "NEXT, 2025-01-17T06:00:00Z, 2025-01-17T08:00:00Z",
    "NEXT, 2025-01-19T12:00:00Z, 2025-01-20T08:00:00Z"
  })
  void movesRemindersIntoWorkingHours(Move move, Instant dueAt, Instant expected) {
    assertThat(remindAt(1, dueAt, hours(move), ZoneOffset.UTC)).containsExactly(expected);
  }

  @Test
  void movesForwardIfThePreviousWorkingTimeHasPassed() {
    Instant evening = Instant.parse("2025-01-15T19:00:00Z");
    ReminderTimes times = times(hours(Move.PREVIOUS), ZoneOffset.UTC);

    assertThat(times.remindAt(task(1, evening.plusSeconds(60)), evening.plusSeconds(60), evening))
        .containsExactly(Instant.parse("2025-01-16T08:00:00Z"));
  }

  @Test
  void makesOneReminderOfThoseThatMoveToTheSameTime() {
    Instant sunday = Instant.parse("2025-01-19T12:00:00Z");

    assertThat(remindAt(5, sunday, hours(Move.PREVIOUS), ZoneOffset.UTC))
        .containsExactly(Instant.parse("2025-01-17T18:00:00Z"));
  }

  @Test
  void readsWorkingHoursByTheClocksOfTheZoneThroughTheirChange() {
    // The clocks of Berlin go forward on Sunday, 30 March 2025.
    Instant monday = Instant.parse("2025-03-31T05:30:00Z");

    assertThat(remindAt(1, monday, hours(Move.NEXT), ZoneId.of("Europe/Berlin")))
        .containsExactly(Instant.parse("2025-03-31T06:00:00Z"));
    assertThat(remindAt(1, monday, hours(Move.PREVIOUS), ZoneId.of("Europe/Berlin")))
        .containsExactly(Instant.parse("2025-03-28T17:00:00Z"));
  }

  @Test
  void leavesAReminderWhereItIsIfTheNextWorkingDayIsBeyondTheCalendar() {
    assertThat(remindAt(1, EventTime.LATEST, hours(Move.NEXT), ZoneOffset.UTC))
        .containsExactly(Instant.parse("9999-12-31T22:59:59.999Z"));
  }

  private List<Instant> remindAt(
      int priority, @Nullable Instant dueAt, @Nullable WorkingHours hours, ZoneId zone) {
    return times(hours, zone).remindAt(task(priority, dueAt), dueAt, NOW);
  }

  private ReminderTimes times(@Nullable WorkingHours hours, ZoneId zone) {
    return new ReminderTimes(leads, Duration.ofDays(1), zone, hours);
  }

  private static ScheduledTask.Description task(int priority, @Nullable Instant dueAt) {
    return new ScheduledTask.Description("user-1", "Review", dueAt, priority, null, null);
  }

  private static WorkingHours hours(Move move) {
    return new WorkingHours(
        LocalTime.of(8, 0),
        LocalTime.of(18, 0),
        EnumSet.copyOf(Arrays.asList(DayOfWeek.values()).subList(0, 5)),
        move);
  }
}
