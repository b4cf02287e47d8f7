package io.eventagents.scheduling.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.SchedulingFixture;
import io.eventagents.scheduling.reminder.Reminder;
import io.eventagents.scheduling.reminder.TaskCompleted;
import io.eventagents.scheduling.reminder.TaskCreated;
import io.eventagents.scheduling.reminder.TaskDeleted;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.CalendarComponent;
import net.fortuna.ical4j.model.component.Observance;
import net.fortuna.ical4j.model.component.VAlarm;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.validate.ValidationResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class CalendarControllerTests {

  private static final Instant DUE = Instant.parse("2025-01-20T17:00:00Z");

  private static SchedulingFixture fixture;
  private static MockMvcTester http;

  private final String owner = "user-" + UUID.randomUUID();
  private final String taskId = "task-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    fixture = new SchedulingFixture(EmbeddedServers.postgreSql().createDatabase("calendars"));
    http =
        MockMvcTester.of(
            new CalendarController(
                new OwnerCalendar(
                    fixture.reminders,
                    new CalendarFeed(Duration.ofMinutes(15), ZoneOffset.UTC),
                    Duration.ofDays(90),
                    fixture.clock)));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void showsAReminder() {
    fixture.handle(created("Review quarterly report"));

    MvcTestResult response = get(owner);
    VEvent event = event(response);
    assertThat(response).hasContentType("text/calendar;charset=UTF-8");
    assertThat(event.getUid())
        .get()
        .extracting(Property::getValue)
        .isEqualTo(reminder().toString());
    assertThat(value(event, "DTSTART")).isEqualTo("20250120T160000Z");
    assertThat(value(event, "DTSTAMP")).isEqualTo("20250115T143022Z");
    assertThat(value(event, "SUMMARY")).isEqualTo("Review quarterly report");
    assertThat(value(event, "DESCRIPTION"))
        .isEqualTo("Task " + taskId + "\nDue 20 January 2025, 17:00 UTC");
    assertThat(value(event, "STATUS")).isEqualTo("CONFIRMED");
    assertThat(value(event, "SEQUENCE")).isEqualTo("0");
    assertThat(value(event, "TRANSP")).isEqualTo("TRANSPARENT");
  }

  @Test
  void tellsProgramsItsNameAndHowOftenToLook() {
    Calendar calendar = calendar(get(owner));

    assertThat(calendar.getPropertyList().getAll())
        .extracting(Property::getName, Property::getValue)
        .contains(
            tuple("NAME", "Reminders of " + owner),
            tuple("X-WR-CALNAME", "Reminders of " + owner),
            tuple("REFRESH-INTERVAL", "PT15M"),
            tuple("X-PUBLISHED-TTL", "PT15M"));
  }

  @Test
  void keepsTheSameEventThroughItsChanges() {
    fixture.handle(created("Review"));
    String uid = value(event(get(owner)), "UID");
    fixture.handle(
        SchedulingFixture.updated(taskId, "Review", owner, DUE.plus(Duration.ofDays(1))));
    VEvent moved = event(get(owner));
    fixture.handle(new TaskCompleted(taskId));
    VEvent cancelled = event(get(owner));

    assertThat(List.of(value(moved, "UID"), value(cancelled, "UID"))).containsOnly(uid);
    assertThat(value(moved, "DTSTART")).isEqualTo("20250121T160000Z");
    assertThat(value(moved, "SEQUENCE")).isEqualTo("1");
    assertThat(value(cancelled, "SEQUENCE")).isEqualTo("2");
    assertThat(value(cancelled, "STATUS")).isEqualTo("CANCELLED");
  }

  @Test
  void ringsAtTheTimeOfTheReminder() {
    fixture.handle(created("Review"));

    VAlarm alarm = event(get(owner)).getAlarms().getFirst();
    assertThat(value(alarm, "ACTION")).isEqualTo("DISPLAY");
    assertThat(value(alarm, "TRIGGER")).isEqualTo("PT0S");
    assertThat(value(alarm, "DESCRIPTION")).isEqualTo("Review");

    fixture.handle(new TaskCompleted(taskId));
    assertThat(event(get(owner)).getAlarms()).isEmpty();
  }

  @Test
  void givesTimesInTheZoneOfTheTask() {
    fixture.handle(inBerlin("task-1" + owner, "2025-01-20T17:00:00Z"));
    fixture.handle(inBerlin("task-2" + owner, "2025-07-20T17:00:00Z"));

    MvcTestResult response = get(owner);
    assertThat(events(response))
        .extracting(event -> event.getRequiredProperty("DTSTART").toString().strip())
        .containsExactly(
            "DTSTART;TZID=Europe/Berlin:20250120T170000",
            "DTSTART;TZID=Europe/Berlin:20250720T180000");
    assertThat(value(events(response).getFirst(), "DESCRIPTION"))
        .endsWith("Due 20 January 2025, 18:00 (Europe/Berlin)");
    VTimeZone zone = calendar(response).<VTimeZone>getComponents("VTIMEZONE").getFirst();
    assertThat(calendar(response).getComponents("VTIMEZONE")).hasSize(1);
    assertThat(
            zone.getObservances().stream()
                .map(
                    it ->
                        it.getName()
                            + " "
                            + value(it, "DTSTART")
                            + " "
                            + value(it, "TZOFFSETFROM")
                            + " "
                            + value(it, "TZOFFSETTO")
                            + " "
                            + value(it, "TZNAME")))
        .containsExactlyInAnyOrder(
            "STANDARD 20241027T030000 +0200 +0100 CET",
            "DAYLIGHT 20250330T020000 +0100 +0200 CEST");
  }

  /** The times that a program computes from the feed's own time zones alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Africa/Casablanca",
        "Europe/Dublin",
        "Asia/Kathmandu"
      })
  void saysTheSameMomentInEveryZone(String zone) {
    for (int month = 2; month <= 13; month++) {
      Instant due = Instant.parse("2025-01-31T00:30:00Z").plus(Duration.ofDays(30L * month));
      fixture.handle(new TaskCreated("task-" + month + owner, "Review", owner, 1, due, null, zone));
    }

    List<VEvent> events = events(get(owner));
    VTimeZone definition = calendar(get(owner)).<VTimeZone>getComponents("VTIMEZONE").getFirst();
    assertThat(events)
        .hasSize(12)
        .allSatisfy(
            event -> {
              LocalDateTime local =
                  LocalDateTime.parse(
                      String.valueOf(value(event, "DTSTART")),
                      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss"));
              Reminder reminder =
                  fixture.reminders.find(UUID.fromString(value(event, "UID"))).orElseThrow();
              assertThat(local.toInstant(offset(definition, local))).isEqualTo(reminder.remindAt());
            });
  }

  @Test
  void givesTimesInTheFarFutureInUtc() {
    fixture.handle(inBerlin(taskId, "2050-01-20T17:00:00Z"));

    assertThat(value(event(get(owner)), "DTSTART")).isEqualTo("20500120T160000Z");
  }

  @Test
  void showsNobodyElsesReminders() {
    fixture.handle(created("Review"));

    assertThat(events(get(owner + "x"))).isEmpty();
  }

  @Test
  void leavesOutRemindersOfLongAgo() {
    fixture.handle(
        SchedulingFixture.created(taskId, "Review", owner, SchedulingFixture.NOW.minusSeconds(60)));
    assertThat(events(get(owner))).hasSize(1);

    fixture.clock.tick(Duration.ofDays(91));
    try {
      assertThat(events(get(owner))).isEmpty();
    } finally {
      fixture.clock.stopAt(SchedulingFixture.NOW);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Review; R&D, \"all\" of it\\n: é 報告 🎉",
        "END:VEVENT\nEND:VCALENDAR",
        "x\r\nSTATUS:CANCELLED",
        "long long long long long long long long long long long long 報告報告報告報告報告報告報告"
      })
  void writesEveryTitleSoThatOthersReadIt(String title) {
    fixture.handle(created(title));

    assertThat(value(event(get(owner)), "SUMMARY"))
        .isEqualTo(title.replace("\r\n", "  ").replace('\n', ' '));
  }

  @Test
  void hasAnEmptyCalendarForAnUnknownOwner() {
    MvcTestResult response = get("nobody");

    assertThat(response).hasStatusOk();
    assertThat(events(response)).isEmpty();
    assertThat(response).doesNotContainHeader(HttpHeaders.LAST_MODIFIED);
  }

  @Test
  void sendsNothingIfNothingChanged() {
    fixture.handle(created("Review"));
    String tag = String.valueOf(get(owner).getResponse().getHeader(HttpHeaders.ETAG));

    assertThat(http.get().uri("/calendars/{owner}.ics", owner).header("If-None-Match", tag))
        .hasStatus(HttpStatus.NOT_MODIFIED);
    assertThat(
            http.get()
                .uri("/calendars/{owner}.ics", owner)
                .header("If-Modified-Since", "Wed, 15 Jan 2025 14:30:22 GMT"))
        .hasStatus(HttpStatus.NOT_MODIFIED);

    fixture.handle(new TaskDeleted(taskId));
    assertThat(http.get().uri("/calendars/{owner}.ics", owner).header("If-None-Match", tag))
        .hasStatusOk();
  }

  @Test
  void takesOwnersThatAreAddresses() {
    fixture.handle(SchedulingFixture.created(taskId, "Review", "ann.b@example.com", DUE));

    assertThat(events(get("ann.b@example.com"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000b", " "})
  void refusesAnOwnerThatCannotBeOne(String malformed) {
    assertThat(get(malformed)).hasStatus(HttpStatus.BAD_REQUEST);
  }

  @Test
  void showsTheNextAndTheLastRemindersOfAnOwnerWhoHasVeryMany() {
    fixture
        .database
        .sql("insert into scheduling.tasks (task_id) values (?)")
        .param(taskId)
        .update();
    // Each minute before now and after it.
    fixture
        .database
        .sql(
            """
            insert into scheduling.reminders (reminder_id, task_id, owner_id, title, remind_at, ring_at, status,
              sequence, correlation_id, cause_id, changed_at)
            select gen_random_uuid(), ?, ?, 'Reminder ' || i, t, t,
              case when i <= 0 then 'FIRED' else 'SCHEDULED' end, 0, 'chain', 'cause', now()
            from (select i, ?::timestamptz + i * interval '1 min' as t from generate_series(?, ?) i) times
            """)
        .params(taskId, owner, fixture.clock.instant().toString(), -3_000, 1_500)
        .update();

    MvcTestResult response = get(owner);
    List<VEvent> events = events(response);
    assertThat(events).hasSize(OwnerCalendar.MOST);
    assertThat(value(events.getFirst(), "SUMMARY")).isEqualTo("Reminder -499");
    assertThat(value(events.getLast(), "SUMMARY")).isEqualTo("Reminder 1500");
    assertThat(calendar(response).getPropertyList().getAll())
        .extracting(Property::getName)
        .contains("DESCRIPTION", "X-WR-CALDESC");
    fixture
        .database
        .sql("delete from scheduling.reminders where owner_id = ?")
        .param(owner)
        .update();
  }

  private TaskCreated created(String title) {
    return SchedulingFixture.created(taskId, title, owner, DUE);
  }

  private TaskCreated inBerlin(String task, String due) {
    return new TaskCreated(task, "Review", owner, 1, Instant.parse(due), null, "Europe/Berlin");
  }

  /** The offset of the observance that began last, as RFC 5545 reads a VTIMEZONE. */
  private static ZoneOffset offset(VTimeZone zone, LocalDateTime local) {
    return zone.getObservances().stream()
        .filter(it -> !onset(it).isAfter(local))
        .max(Comparator.comparing(CalendarControllerTests::onset))
        .map(it -> ZoneOffset.of(String.valueOf(value(it, "TZOFFSETTO"))))
        .orElseThrow();
  }

  private static LocalDateTime onset(Observance observance) {
    return LocalDateTime.parse(
        String.valueOf(value(observance, "DTSTART")),
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss"));
  }

  private UUID reminder() {
    return fixture.reminders.pending(taskId).getFirst().id();
  }

  private static MvcTestResult get(String owner) {
    return http.get().uri("/calendars/{owner}.ics", owner).exchange();
  }

  private static VEvent event(MvcTestResult response) {
    assertThat(events(response)).hasSize(1);
    return events(response).getFirst();
  }

  private static List<VEvent> events(MvcTestResult response) {
    return calendar(response).<CalendarComponent>getComponents("VEVENT").stream()
        .map(VEvent.class::cast)
        .toList();
  }

  private static @Nullable String value(Component component, String property) {
    return component.getProperty(property).map(Property::getValue).orElse(null);
  }

  /** Read and validated by a library that did not write it. */
  private static Calendar calendar(MvcTestResult response) {
    try {
      Calendar calendar =
          new CalendarBuilder()
              .build(new StringReader(response.getResponse().getContentAsString()));
      ValidationResult result = calendar.validate();
      assertThat(result.hasErrors()).as(result.toString()).isFalse();
      return calendar;
    } catch (Exception e) {
      throw new AssertionError("No calendar", e);
    }
  }
}
