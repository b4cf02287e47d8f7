package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.EventTime;
import io.eventagents.RejectedEvent;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.reminder.LeadTimes;
import io.eventagents.scheduling.reminder.ReminderEvent;
import io.eventagents.scheduling.reminder.ReminderScheduled;
import io.eventagents.scheduling.reminder.ReminderTimes;
import io.eventagents.scheduling.reminder.TaskCreated;
import io.eventagents.scheduling.reminder.WorkingHours;
import io.eventagents.scheduling.reminder.WorkingHours.Move;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Due times at the ends of the calendar are refused at once, or lead to reminders within it. */
class ExtremeTimesTests {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  @ParameterizedTest
  @CsvSource({
    ", UTC",
    ", +18:00",
    "NEXT, +18:00",
    "NEXT, -18:00",
    "PREVIOUS, -18:00",
    "NEXT, Asia/Kolkata"
  })
  void areRefusedOrRemindedOf(@Nullable Move move, String zone) {
    ReminderTimes times =
        new ReminderTimes(
            new LeadTimes(
                List.of(Duration.ofHours(1)),
                Map.of(5, List.of(Duration.ofDays(366), Duration.ZERO))),
            Duration.ofDays(1),
            ZoneId.of(zone),
            move == null
                ? null
                : new WorkingHours(
                    LocalTime.of(9, 0), LocalTime.of(17, 0), EnumSet.of(DayOfWeek.MONDAY), move));
    try (SchedulingFixture fixture =
        new SchedulingFixture(
            EmbeddedServers.postgreSql().createDatabase("extremes"), times, List.of())) {
      List<Instant> reminders = new ArrayList<>();
      for (TaskCreated task : tasks(zone)) {
        try {
          for (ReminderEvent event : fixture.handle(task)) {
            reminders.add(((ReminderScheduled) event).remindAt());
          }
        } catch (RejectedEvent e) {
          assertThat(e.reason()).isNotBlank();
        }
      }
      fixture.clock.tick(Duration.ofDays(366 * 20));
      fixture.ring();

      assertThat(reminders)
          .hasSizeGreaterThan(20)
          .allSatisfy(at -> assertThat(at).isBetween(EventTime.EARLIEST, EventTime.LATEST));
    }
  }

  private static List<TaskCreated> tasks(String zone) {
    List<TaskCreated> tasks = new ArrayList<>();
    for (Instant due :
        List.of(
            Instant.MIN,
            FIRST.minusMillis(1),
            FIRST,
            FIRST.plusSeconds(1),
            Instant.parse("1582-10-10T12:00:00Z"),
            Instant.parse("1970-01-01T00:00:00Z"),
            Instant.parse("9999-12-30T23:30:00Z"),
            LAST.minusSeconds(1),
            LAST,
            LAST.plusMillis(1),
            Instant.parse("+294276-12-31T23:59:59Z"),
            Instant.MAX)) {
      for (String rule :
          Arrays.asList(
              null,
              "FREQ=DAILY",
              "FREQ=WEEKLY;COUNT=10000",
              "FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=366",
              "FREQ=YEARLY;INTERVAL=366",
              "FREQ=YEARLY;UNTIL=99991231T235959Z",
              "FREQ=DAILY;UNTIL=00010101T000000Z",
              "FREQ=DAILY;\u0000",
              "FREQ=DAILY\u0000",
              "FREQ=DAILY;WKST=MO ")) {
        for (Integer priority : Arrays.asList(null, 5)) {
          tasks.add(
              new TaskCreated(
                  "task-" + UUID.randomUUID(), "Review", "user-1", priority, due, rule, zone));
        }
      }
    }
    return tasks;
  }
}
