package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.eventagents.embedded.EmbeddedServers;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.CalendarComponent;
import net.fortuna.ical4j.model.component.VEvent;
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
                fixture.reminders,
                new CalendarFeed(Duration.ofMinutes(15)),
                Duration.ofDays(90),
                fixture.clock));
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
    fixture.handle(new TaskUpdated(taskId, "Review", owner, DUE.plus(Duration.ofDays(1))));
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
  void showsNobodyElsesReminders() {
    fixture.handle(created("Review"));

    assertThat(events(get(owner + "x"))).isEmpty();
  }

  @Test
  void forgetsRemindersOfLongAgo() {
    fixture.handle(
        new TaskCreated(taskId, "Review", owner, SchedulingFixture.NOW.minusSeconds(60)));
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
  void hasAnEmptyCalendarForAnOwnerOfWhomNothingIsKnown() {
    MvcTestResult response = get("nobody");

    assertThat(response).hasStatusOk();
    assertThat(events(response)).isEmpty();
    assertThat(response).doesNotContainHeader(HttpHeaders.LAST_MODIFIED);
  }

  @Test
  void sendsNothingWhereNothingChanged() {
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
    fixture.handle(new TaskCreated(taskId, "Review", "ann.b@example.com", DUE));

    assertThat(events(get("ann.b@example.com"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000b", " "})
  void refusesAnOwnerThatCannotBeOne(String malformed) {
    assertThat(get(malformed)).hasStatus(HttpStatus.BAD_REQUEST);
  }

  private TaskCreated created(String title) {
    return new TaskCreated(taskId, title, owner, DUE);
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

  private static @Nullable String value(VEvent event, String property) {
    return event.getProperty(property).map(Property::getValue).orElse(null);
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
