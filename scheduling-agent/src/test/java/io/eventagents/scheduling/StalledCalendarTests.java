package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.caldav.CalDavCalendars;
import io.eventagents.scheduling.caldav.CalDavClient;
import io.eventagents.scheduling.caldav.CalendarPush;
import io.eventagents.scheduling.calendar.CalendarFeed;
import io.eventagents.scheduling.reminder.TaskCreated;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A calendar server that begins an answer and does not end it delays nothing else. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StalledCalendarTests {

  private static final String DATABASE = "stalled-calendar";

  /** How a server answers. */
  enum Manner {
    SOUND,
    HEAD_ONLY,
    TRICKLE
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CalDavClient client = new CalDavClient(Duration.ofMillis(700));
  private volatile Manner manner = Manner.SOUND;
  private HttpServer server;
  private SchedulingFixture fixture;
  private CalendarPush push;

  @BeforeAll
  static void create() {
    EmbeddedServers.postgreSql().createDatabase(DATABASE);
  }

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    CalDavCalendars.Calendar calendar =
        new CalDavCalendars.Calendar(
            "ann", "http://127.0.0.1:" + server.getAddress().getPort() + "/ann", null, null);
    fixture =
        new SchedulingFixture(
            EmbeddedServers.postgreSql().jdbcUrl(DATABASE),
            SchedulingFixture.HOUR_BEFORE,
            List.of(calendar));
    fixture.empty();
    fixture.database.sql("truncate scheduling.calendar_objects").update();
    push =
        new CalendarPush(
            calendar,
            fixture.calendars,
            fixture.reminders,
            new CalendarFeed(Duration.ofMinutes(15), ZoneOffset.UTC),
            client,
            Duration.ofMinutes(10),
            fixture.clock);
  }

  @AfterEach
  void close() {
    fixture.close();
    client.close();
    threads.shutdownNow();
    server.stop(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"HEAD_ONLY", "TRICKLE"})
  void remindersWaitForItAndThePushGoesOn(Manner stalled, CapturedOutput log) {
    manner = stalled;
    fixture.handle(created("task-1"));
    fixture.handle(created("task-2"));

    push.push();
    assertThat(waiting()).isEqualTo(2);
    assertThat(log)
        .containsOnlyOnce("The calendar of ann waits")
        .contains("no whole answer within PT0.7S");

    manner = Manner.SOUND;
    fixture.clock.tick(Duration.ofSeconds(1));
    push.push();
    assertThat(waiting()).isZero();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    if (manner == Manner.SOUND) {
      exchange.sendResponseHeaders(201, -1);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(201, 100_000);
    OutputStream body = exchange.getResponseBody();
    try {
      while (manner != Manner.SOUND) {
        TimeUnit.MILLISECONDS.sleep(50);
        if (manner == Manner.TRICKLE) {
          body.write('.');
          body.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static TaskCreated created(String taskId) {
    return SchedulingFixture.created(
        taskId, "Review", "ann", Instant.parse("2025-01-20T17:00:00Z"));
  }

  private int waiting() {
    return fixture
        .database
        .sql("select count(*) from scheduling.calendar_objects where not settled")
        .query(Integer.class)
        .single();
  }
}
