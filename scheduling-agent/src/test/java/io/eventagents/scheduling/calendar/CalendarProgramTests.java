package io.eventagents.scheduling.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.scheduling.calendar.CalendarProgram.Event;
import io.eventagents.scheduling.reminder.Reminder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that are not written in Java read each time as it was meant, whatever clocks do. */
class CalendarProgramTests {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2028-12-31T00:00:00Z");

  /** In seconds: the two hours that come twice, or the one that is left out, and their edges. */
  private static final long[] AROUND_A_CHANGE = {
    -86_400, -7_200, -5_400, -3_600, -1_800, -1, 0, 1_800, 3_599, 3_600, 7_200, 86_400
  };

  private final CalendarFeed feed = new CalendarFeed(Duration.ofMinutes(15), ZoneOffset.UTC);
  private final Set<Event> written = new HashSet<>();
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void readTheFeedsOfAllZonesWhenClocksChange(CalendarProgram program) throws Exception {
    program.assumeThatItStarts(folder);
    for (String zone : zones()) {
      List<Reminder> reminders = reminders(ZoneId.of(zone));
      write(zone, feed.of("kim", reminders, false));
    }

    assertThat(new HashSet<>(program.read(folder))).isEqualTo(written);
    assertThat(written).hasSizeGreaterThan(10_000);
  }

  /** An object of a CalDAV server has a time zone for its own time only. */
  @ParameterizedTest
  @EnumSource
  void readTheObjectsOfZonesWhenClocksChange(CalendarProgram program) throws Exception {
    program.assumeThatItStarts(folder);
    Set<ZoneRules> seen = new HashSet<>();
    for (String id : zones()) {
      ZoneId zone = ZoneId.of(id);
      if (seen.add(zone.getRules())) {
        for (Reminder reminder : reminders(zone)) {
          write(reminder.id().toString(), feed.object(reminder));
        }
      }
    }

    assertThat(new HashSet<>(program.read(folder))).isEqualTo(written);
    assertThat(written).hasSizeGreaterThan(1_000);
  }

  /** Without those that a library of other tests adds, which nobody knows. */
  private static List<String> zones() {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(zone -> !zone.startsWith("ical4j"))
        .sorted()
        .toList();
  }

  private void write(String name, byte[] calendar) throws IOException {
    Files.write(folder.resolve(name.replace('/', '-') + ".ics"), calendar);
  }

  private List<Reminder> reminders(ZoneId zone) {
    List<Reminder> reminders = new ArrayList<>();
    times(zone)
        .forEach(
            time -> {
              Reminder reminder = reminder("Größe; prüfen, 報告 🎉 ".repeat(4) + zone, time, zone);
              reminders.add(reminder);
              written.add(new Event(reminder.id().toString(), time, reminder.title()));
            });
    return reminders;
  }

  private static Stream<Instant> times(ZoneId zone) {
    Stream.Builder<Instant> times = Stream.builder();
    times.add(BEGIN).add(END);
    ZoneOffsetTransition change = zone.getRules().nextTransition(BEGIN);
    while (change != null && change.getInstant().isBefore(END)) {
      for (long seconds : AROUND_A_CHANGE) {
        times.add(change.getInstant().plusSeconds(seconds));
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return times.build();
  }

  private static Reminder reminder(String title, Instant remindAt, ZoneId zone) {
    return new Reminder(
        UUID.randomUUID(),
        "task-1",
        "kim",
        title,
        remindAt,
        zone,
        remindAt,
        Reminder.Status.SCHEDULED,
        1,
        false,
        0,
        new Reminder.Origin("e-1", "req-1"),
        BEGIN);
  }
}
