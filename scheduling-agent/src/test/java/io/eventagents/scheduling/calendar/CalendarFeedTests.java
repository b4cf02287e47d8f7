package io.eventagents.scheduling.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import io.eventagents.scheduling.reminder.Reminder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A calendar contains the texts of strangers unchanged. */
class CalendarFeedTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:22Z");

  private final CalendarFeed feed = new CalendarFeed(Duration.ofHours(1), ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Größe; prüfen, bitte: \\n \\, \"so\"",
        "=?UTF-8?B?SGFja2Vk?=",
        "END:VEVENT",
        "^n^'^^",
        "\\",
        "a:b;c=d,e"
      })
  void showsTheTitleAsItIs(String title) {
    assertThat(read(title).getEvents().getFirst().getSummary().getValue()).isEqualTo(title);
    assertThat(read(title).getEvents()).hasSize(1);
  }

  @Test
  void foldsNoCharacterInTwo() {
    for (int offset = 0; offset < 80; offset++) {
      String title = "x".repeat(offset) + "🎉é報".repeat(60);

      assertThat(read(title).getEvents().getFirst().getSummary().getValue()).isEqualTo(title);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "a,b", "a:b", "a\\nb", "🎉", "=?UTF-8?B?SGFja2Vk?="})
  void namesTheOwnerAsTheyAre(String owner) {
    ICalendar calendar =
        Biweekly.parse(new String(feed.of(owner, List.of(reminder("Review")), false), UTF_8))
            .first();

    assertThat(calendar.getNames().getFirst().getValue()).isEqualTo("Reminders of " + owner);
    assertThat(calendar.getEvents()).hasSize(1);
  }

  @Test
  void foldsLinesAtAsManyOctetsAsTheFormatAllows() {
    byte[] calendar = feed.of("ümläut".repeat(20), List.of(reminder("報告".repeat(80))), true);

    assertThat(new String(calendar, UTF_8).split("\r\n"))
        .allSatisfy(line -> assertThat(line.getBytes(UTF_8).length).isLessThanOrEqualTo(75));
  }

  @Test
  void tellsTheTypeOfItsRefreshInterval() {
    assertThat(new String(feed.of("kim", List.of(), false), UTF_8))
        .contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n");
  }

  /** Berlin's clocks are set back from 03:00 to 02:00 on 25 October 2026, at 01:00 UTC. */
  @ParameterizedTest
  @CsvSource({
    "2026-10-24T23:59:00Z, DTSTART;TZID=Europe/Berlin:20261025T015900",
    "2026-10-25T00:00:00Z, DTSTART:20261025T000000Z",
    "2026-10-25T00:30:00Z, DTSTART:20261025T003000Z",
    "2026-10-25T01:30:00Z, DTSTART:20261025T013000Z",
    "2026-10-25T02:00:00Z, DTSTART;TZID=Europe/Berlin:20261025T030000"
  })
  void tellsTheTimesOfAnHourThatComesTwiceInUtc(Instant time, String start) {
    Reminder reminder = reminder(time, ZoneId.of("Europe/Berlin"));

    assertThat(lines(feed.of("kim", List.of(reminder), false))).contains(start);
    assertThat(lines(feed.object(reminder))).contains(start);
  }

  @Test
  void saysWhichOfTheTwoHoursATaskIsDueIn() {
    String text = new String(feed.object(dueAt("2026-10-25T00:30:00Z")), UTF_8);

    assertThat(text.replace("\r\n ", ""))
        .contains("Due 25 October 2026\\, 02:30 +02:00 (Europe/Berlin)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+02:00", "UTC+02:00", "GMT-3"})
  void tellsTheTimesOfAZoneWithoutANameInUtc(String zone) {
    String text =
        new String(
            feed.object(reminder(Instant.parse("2026-06-01T08:00:00Z"), ZoneId.of(zone))), UTF_8);

    assertThat(text).contains("DTSTART:20260601T080000Z\r\n").doesNotContain("TZID");
  }

  private static List<String> lines(byte[] calendar) {
    return List.of(new String(calendar, UTF_8).split("\r\n"));
  }

  private static Reminder dueAt(String due) {
    return reminder("Review", NOW, Instant.parse(due), ZoneId.of("Europe/Berlin"));
  }

  private static Reminder reminder(Instant remindAt, ZoneId zone) {
    return reminder("Review", remindAt, null, zone);
  }

  private ICalendar read(String title) {
    return Biweekly.parse(new String(feed.object(reminder(title)), UTF_8)).first();
  }

  private static Reminder reminder(String title) {
    return reminder(title, NOW, null, null);
  }

  private static Reminder reminder(
      String title, Instant remindAt, @Nullable Instant dueAt, @Nullable ZoneId zone) {
    return new Reminder(
        UUID.randomUUID(),
        "task-1",
        "kim",
        title,
        dueAt,
        zone,
        remindAt,
        Reminder.Status.SCHEDULED,
        1,
        false,
        0,
        new Reminder.Origin("e-1", "req-1"),
        NOW);
  }
}
