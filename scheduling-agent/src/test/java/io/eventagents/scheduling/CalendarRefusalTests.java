package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.caldav.CalDavCalendars;
import io.eventagents.scheduling.caldav.CalDavClient;
import io.eventagents.scheduling.caldav.CalendarPush;
import io.eventagents.scheduling.calendar.CalendarFeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A calendar server that accepts only some reminders. */
class CalendarRefusalTests {

  private static final String DATABASE = "calendar-refusal";
  private static final Instant DUE = Instant.parse("2025-01-20T17:00:00Z");

  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private volatile String refused = "";
  private volatile int status;
  private SchedulingFixture fixture;
  private CalDavClient client;
  private CalendarPush push;

  @BeforeAll
  static void create() {
    EmbeddedServers.postgreSql().createDatabase(DATABASE);
  }

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("ETag", "\"1\"");
          boolean isRefused = exchange.getRequestURI().getPath().contains(refused);
          exchange.sendResponseHeaders(isRefused ? status : 201, -1);
          exchange.close();
        });
    server.start();
    CalDavCalendars.Calendar calendar =
        new CalDavCalendars.Calendar(
            "ann",
            "http://127.0.0.1:" + server.getAddress().getPort() + "/ann/reminders",
            "ann",
            "secret");
    fixture =
        new SchedulingFixture(
            EmbeddedServers.postgreSql().jdbcUrl(DATABASE),
            SchedulingFixture.HOUR_BEFORE,
            List.of(calendar));
    fixture.empty();
    fixture.database.sql("truncate scheduling.calendar_objects").update();
    client = new CalDavClient(Duration.ofSeconds(5));
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
  void close() throws Exception {
    fixture.close();
    client.close();
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 409, 500})
  void ofOneDelaysNoOtherOfItsOwner(int answer) {
    fixture.handle(SchedulingFixture.created("task-1", "Review", "ann", DUE));
    refused =
        fixture
            .database
            .sql(
                """
                update scheduling.calendar_objects set try_at = try_at - interval '1 minute'
                returning reminder_id
                """)
            .query(String.class)
            .single();
    status = answer;
    fixture.handle(SchedulingFixture.created("task-2", "Review", "ann", DUE));
    fixture.handle(SchedulingFixture.created("task-3", "Review", "ann", DUE));

    push.push();
    fixture.clock.tick(Duration.ofSeconds(1));
    push.push();

    assertThat(waiting()).containsExactly(refused);
    assertThat(failures()).containsExactly(2);
  }

  /** Servers count wrong passwords. */
  @Test
  void ofALoginIsTriedOnceForAllThatWait() {
    status = 401;
    fixture.handle(SchedulingFixture.created("task-1", "Review", "ann", DUE));
    fixture.handle(SchedulingFixture.created("task-2", "Review", "ann", DUE));

    push.push();
    fixture.clock.tick(Duration.ofSeconds(1));
    push.push();
    fixture.clock.tick(Duration.ofSeconds(1));
    push.push();

    assertThat(requests).hasValue(2);
    assertThat(failures()).containsExactly(2, 2);
  }

  private List<@Nullable String> waiting() {
    return fixture
        .database
        .sql("select reminder_id from scheduling.calendar_objects where not settled")
        .query(String.class)
        .list();
  }

  private List<@Nullable Integer> failures() {
    return fixture
        .database
        .sql("select failures from scheduling.calendar_objects where not settled")
        .query(Integer.class)
        .list();
  }
}
