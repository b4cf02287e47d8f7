package io.eventagents.scheduling.caldav;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.RadicaleServer;
import io.eventagents.scheduling.SchedulingFixture;
import io.eventagents.scheduling.calendar.CalendarFeed;
import io.eventagents.scheduling.reminder.TaskCompleted;
import io.eventagents.scheduling.reminder.TaskCreated;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Reminders in the calendars of a real server. */
@ExtendWith(OutputCaptureExtension.class)
class CalendarPushTests {

  private static final String DATABASE = "calendar-push";
  private static final String CALENDAR = "ann/reminders";
  private static final Instant DUE = Instant.parse("2025-01-20T17:00:00Z");

  private RadicaleServer server;
  private SchedulingFixture fixture;
  private CalDavClient client;
  private CalDavCalendars.Calendar anns;
  private CalendarPush push;

  @BeforeAll
  static void create() {
    EmbeddedServers.postgreSql().createDatabase(DATABASE);
  }

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    server = RadicaleServer.in(folder).start();
    anns = new CalDavCalendars.Calendar("ann", server.address() + CALENDAR, "ann", "secret");
    fixture =
        new SchedulingFixture(
            EmbeddedServers.postgreSql().jdbcUrl(DATABASE),
            SchedulingFixture.HOUR_BEFORE,
            List.of(anns));
    fixture.empty();
    fixture.database.sql("truncate scheduling.calendar_objects").update();
    client = new CalDavClient(Duration.ofSeconds(5));
    push = pushOf(anns);
  }

  @AfterEach
  void close() throws Exception {
    if (fixture != null) {
      fixture.close();
      client.close();
    }
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void storesAReminderAndMakesTheCalendar() {
    fixture.handle(created("task-1", "ann"));

    push.push();

    assertThat(server.objects(CALENDAR))
        .singleElement()
        .asString()
        .contains("SUMMARY:Review", "DTSTART:20250120T160000Z", "BEGIN:VALARM");
    assertThat(waiting()).isZero();
  }

  @Test
  void replacesWhatChanges() {
    fixture.handle(created("task-1", "ann"));
    push.push();
    fixture.handle(SchedulingFixture.updated("task-1", "Review again", "ann", DUE.plusSeconds(60)));

    push.push();

    assertThat(server.objects(CALENDAR))
        .singleElement()
        .asString()
        .contains("SUMMARY:Review again", "DTSTART:20250120T160100Z", "SEQUENCE:1");
  }

  @Test
  void removesWhatIsCancelled() {
    fixture.handle(created("task-1", "ann"));
    push.push();
    fixture.handle(new TaskCompleted("task-1"));

    push.push();

    assertThat(server.objects(CALENDAR)).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void removesWhatGoesToAnotherOwner() {
    fixture.handle(created("task-1", "ann"));
    push.push();
    fixture.handle(SchedulingFixture.updated("task-1", "Review", "bob", DUE));

    push.push();

    assertThat(server.objects(CALENDAR)).isEmpty();
  }

  @Test
  void leavesOthersAlone() {
    fixture.handle(created("task-1", "bob"));

    push.push();

    assertThat(server.objects(CALENDAR)).isEmpty();
    assertThat(rows()).isZero();
  }

  @Test
  void pushesEachChangeOnce() throws Exception {
    fixture.handle(created("task-1", "ann"));
    push.push();
    String etag = etag();

    push.push();
    fixture.clock.tick(Duration.ofDays(6));
    fixture.ring(); // firing changes nothing that a calendar shows
    push.push();

    assertThat(etag()).isEqualTo(etag);
  }

  @Test
  void takesBackWhatSomebodyEdited() throws Exception {
    fixture.handle(created("task-1", "ann"));
    push.push();
    String edited = server.objects(CALENDAR).getFirst().replace("SUMMARY:Review", "SUMMARY:Edited");
    assertThat(put(edited)).isEqualTo(201);
    fixture.handle(SchedulingFixture.updated("task-1", "Review again", "ann", DUE));

    push.push();

    assertThat(server.objects(CALENDAR)).singleElement().asString().contains("Review again");
  }

  @Test
  void storesAgainWhatSomebodyRemoved() throws Exception {
    fixture.handle(created("task-1", "ann"));
    push.push();
    request("DELETE", HttpRequest.BodyPublishers.noBody());
    fixture.handle(SchedulingFixture.updated("task-1", "Review again", "ann", DUE));

    push.push();

    assertThat(server.objects(CALENDAR)).singleElement().asString().contains("Review again");
    assertThat(waiting()).isZero();
  }

  @Test
  void removesWhatSomebodyRemovedAlready() throws Exception {
    fixture.handle(created("task-1", "ann"));
    push.push();
    request("DELETE", HttpRequest.BodyPublishers.noBody());
    fixture.handle(new TaskCompleted("task-1"));

    push.push();

    assertThat(rows()).isZero();
  }

  @Test
  void findsItsObjectEvenIfTheAnswerWasLost() {
    fixture.handle(created("task-1", "ann"));
    push.push();
    fixture
        .database
        .sql("update scheduling.calendar_objects set etag = null, settled = false")
        .update();

    push.push();

    assertThat(server.objects(CALENDAR)).hasSize(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void waitsForAServerThatIsAwayAndDelaysNothingElse() throws Exception {
    server.stop();
    fixture.handle(created("task-1", "ann"));
    fixture.handle(created("task-2", "ann"));

    push.push();
    fixture.clock.tick(Duration.ofDays(6));
    fixture.ring();
    assertThat(fixture.published.of("task-1")).hasSize(1);
    assertThat(waiting()).isEqualTo(2);

    server.start();
    push.push();
    assertThat(server.objects(CALENDAR)).hasSize(2);
    assertThat(waiting()).isZero();
  }

  @Test
  void reportsOnceThatTheServerIsAwayAndThatItIsBack(CapturedOutput log) throws Exception {
    server.stop();
    fixture.handle(created("task-1", "ann"));
    push.push();
    fixture.clock.tick(Duration.ofSeconds(1));
    push.push();

    assertThat(log).containsOnlyOnce("The calendar of ann waits:").doesNotContain("answers again");
    server.start();
    fixture.clock.tick(Duration.ofSeconds(2));
    push.push();
    assertThat(log).containsOnlyOnce("The server of the calendar of ann answers again");
  }

  @Test
  void reportsTheNextOutageThoughAnotherInstanceEndedTheFirst(CapturedOutput log) throws Exception {
    server.stop();
    fixture.handle(created("task-1", "ann"));
    push.push();
    server.start();
    fixture.clock.tick(Duration.ofSeconds(1));
    pushOf(anns).push();
    assertThat(waiting()).isZero();
    fixture.handle(created("task-2", "ann"));
    push.push();
    assertThat(waiting()).isZero();

    server.stop();
    fixture.handle(created("task-3", "ann"));
    push.push();

    assertThat(log.getAll().split("The calendar of ann waits:", -1)).hasSize(3);
  }

  /** The server allows ann only her own calendars. */
  @Test
  void delaysNobodyElseIfACalendarIsForbidden(CapturedOutput log) throws Exception {
    CalDavCalendars.Calendar everybodys =
        new CalDavCalendars.Calendar("*", server.address() + "{owner}/reminders", "ann", "secret");
    fixture.handle(created("task-1", "ann"));
    fixture.handle(created("task-2", "ann"));
    fixture.database.sql("update scheduling.calendar_objects set calendar = '*'").update();
    fixture
        .database
        .sql(
            """
            insert into scheduling.calendar_objects (reminder_id, owner_id, calendar, wanted, try_at)
            select reminder_id, 'bob', '*', 'PRESENT', try_at - interval '1 minute'
            from scheduling.calendar_objects where owner_id = 'ann'
            """)
        .update();

    CalendarPush push = pushOf(everybodys);
    push.push();

    assertThat(server.objects("ann/reminders")).hasSize(2);
    assertThat(waiting()).isEqualTo(2);
    fixture.handle(created("task-3", "ann"));
    fixture.database.sql("update scheduling.calendar_objects set calendar = '*'").update();
    fixture.clock.tick(Duration.ofSeconds(1));
    push.push();
    assertThat(server.objects("ann/reminders")).hasSize(3);
    assertThat(log).containsOnlyOnce("The calendar of * waits:").doesNotContain("waits no longer");

    server.stop();
    fixture.clock.tick(Duration.ofMinutes(1));
    push.push();
    assertThat(log.getAll().split("The calendar of \\* waits:", -1)).hasSize(3);
  }

  /** The owner's id makes an address that is not valid. */
  @Test
  void delaysNobodyElseIfAReminderCannotBePushed() {
    URI address = server.address();
    CalDavCalendars.Calendar everybodys =
        new CalDavCalendars.Calendar(
            "*", "http://127.0.0.1:{owner}" + address.getPath() + CALENDAR, "ann", "secret");
    fixture.handle(created("task-1", "ann"));
    fixture.handle(created("task-2", "ann"));
    fixture
        .database
        .sql("update scheduling.calendar_objects set calendar = '*', owner_id = ?")
        .param(String.valueOf(address.getPort()))
        .update();
    fixture
        .database
        .sql(
            """
            insert into scheduling.calendar_objects (reminder_id, owner_id, calendar, wanted, try_at)
            select reminder_id, 'bob', '*', 'PRESENT', try_at - interval '1 minute'
            from scheduling.calendar_objects
            """)
        .update();

    pushOf(everybodys).push();

    assertThat(server.objects(CALENDAR)).hasSize(2);
    assertThat(waiting()).isEqualTo(2);
  }

  @Test
  void callsAServerThatIsAwayLessAndLessOften() throws Exception {
    server.stop();
    fixture.handle(created("task-1", "ann"));
    push.push();
    server.start();

    push.push();
    assertThat(server.objects(CALENDAR)).isEmpty();

    fixture.clock.tick(Duration.ofSeconds(1));
    push.push();
    assertThat(server.objects(CALENDAR)).hasSize(1);
  }

  @Test
  void waitsForTheRightPassword() {
    fixture.handle(created("task-1", "ann"));
    pushOf(new CalDavCalendars.Calendar("ann", anns.url(), "ann", "wrong")).push();
    assertThat(waiting()).isOne();

    fixture.clock.tick(Duration.ofSeconds(1));
    push.push();

    assertThat(waiting()).isZero();
  }

  @Test
  void pushesRemindersThatAreOlderThanTheCalendar() {
    fixture.handle(created("task-1", "ann"));
    fixture.database.sql("truncate scheduling.calendar_objects").update();

    push.push();

    assertThat(server.objects(CALENDAR)).hasSize(1);
  }

  @Test
  void leavesALaterWishToBeDone() {
    fixture.handle(created("task-1", "ann"));
    List<CalendarObject> taken = fixture.calendars.take("ann", 10, Duration.ofMinutes(1));
    fixture.handle(new TaskCompleted("task-1"));

    fixture.calendars.stored(taken.getFirst(), null);
    assertThat(waiting()).isOne();

    push.push();
    assertThat(rows()).isZero();
  }

  @Test
  void takesEachObjectOnceOverSeveralInstances() {
    fixture.handle(created("task-1", "ann"));

    assertThat(fixture.calendars.take("ann", 10, Duration.ofMinutes(1))).hasSize(1);
    assertThat(fixture.calendars.take("ann", 10, Duration.ofMinutes(1))).isEmpty();

    fixture.clock.tick(Duration.ofMinutes(1));
    assertThat(fixture.calendars.take("ann", 10, Duration.ofMinutes(1))).hasSize(1);
  }

  private CalendarPush pushOf(CalDavCalendars.Calendar calendar) {
    return new CalendarPush(
        calendar,
        fixture.calendars,
        fixture.reminders,
        new CalendarFeed(Duration.ofMinutes(15), ZoneOffset.UTC),
        client,
        Duration.ofMinutes(10),
        fixture.clock);
  }

  private int waiting() {
    return count("where not settled");
  }

  private int rows() {
    return count("");
  }

  private int count(String condition) {
    return fixture
        .database
        .sql("select count(*) from scheduling.calendar_objects " + condition)
        .query(Integer.class)
        .single();
  }

  private static TaskCreated created(String taskId, String owner) {
    return SchedulingFixture.created(taskId, "Review", owner, DUE);
  }

  private String etag() throws Exception {
    return request("HEAD", HttpRequest.BodyPublishers.noBody())
        .headers()
        .firstValue("ETag")
        .orElseThrow();
  }

  private int put(String object) throws Exception {
    return request("PUT", HttpRequest.BodyPublishers.ofString(object)).statusCode();
  }

  /** Another client changes the object of the only reminder. */
  private HttpResponse<Void> request(String method, HttpRequest.BodyPublisher body)
      throws Exception {
    String id =
        fixture
            .database
            .sql("select reminder_id from scheduling.calendar_objects")
            .query(String.class)
            .single();
    URI address = server.address().resolve(CALENDAR + "/" + id + ".ics");
    try (HttpClient other = HttpClient.newHttpClient()) {
      return other.send(
          HttpRequest.newBuilder(address)
              .version(HttpClient.Version.HTTP_1_1)
              .header("Content-Type", "text/calendar")
              .header(
                  "Authorization",
                  "Basic "
                      + Base64.getEncoder()
                          .encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8)))
              .method(method, body)
              .build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }
}
