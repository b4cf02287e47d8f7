package io.eventagents.scheduling.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.SchedulingFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReminderPurgeTests {

  private static SchedulingFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new SchedulingFixture(EmbeddedServers.postgreSql().createDatabase("purge"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void deletesWhatEndedLongAgo() {
    for (String task : List.of("fired", "ended", "open")) {
      fixture.handle(SchedulingFixture.created(task, "Review", "user-1", null));
    }
    fixture.handle(
        SchedulingFixture.created(
            "later", "Review", "user-1", SchedulingFixture.NOW.plus(Duration.ofDays(400))));
    fixture.handle(new TaskCompleted("ended"));
    fixture.clock.tick(Duration.ofDays(2));
    fixture.ring();

    purge(Duration.ofDays(30));
    assertThat(count("reminders")).isEqualTo(4);
    assertThat(count("tasks")).isEqualTo(4);

    fixture.clock.tick(Duration.ofDays(31));
    purge(Duration.ofDays(30));
    assertThat(count("reminders")).isEqualTo(1);
    assertThat(fixture.reminders.pending("later")).hasSize(1);
    assertThat(count("tasks")).isEqualTo(3);
  }

  private static void purge(Duration retention) {
    ReminderPurge purge =
        new ReminderPurge(
            fixture.database, fixture.calendars, fixture.transaction, retention, fixture.clock);
    while (purge.purge()) {}
  }

  private static int count(String table) {
    return fixture
        .database
        .sql("select count(*) from scheduling." + table)
        .query(Integer.class)
        .single();
  }
}
