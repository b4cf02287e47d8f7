package io.eventagents.scheduling.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import io.eventagents.scheduling.reminder.Reminder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private ICalendar read(String title) {
    return Biweekly.parse(new String(feed.object(reminder(title)), UTF_8)).first();
  }

  private static Reminder reminder(String title) {
    return new Reminder(
        UUID.randomUUID(),
        "task-1",
        "kim",
        title,
        NOW,
        null,
        NOW,
        Reminder.Status.SCHEDULED,
        0,
        false,
        0,
        new Reminder.Origin("e-1", "req-1"),
        NOW);
  }
}
