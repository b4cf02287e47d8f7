package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.embedded.EmbeddedServers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A newer version migrates the tables while instances of this version use them. */
class AddedColumnTests {

  private static final Instant DUE = SchedulingFixture.NOW.plus(Duration.ofHours(3));

  @Test
  void eventsAndRemindersAreHandledWhileColumnsAreAdded() {
    try (SchedulingFixture fixture =
        new SchedulingFixture(EmbeddedServers.postgreSql().createDatabase("added-columns"))) {
      // Often enough for the driver to prepare the statements on the server.
      for (int i = 0; i < 20; i++) {
        remind(fixture, "task-" + i);
      }
      addColumns(fixture.dataSource.getJdbcUrl());

      remind(fixture, "task-after");

      assertThat(fixture.scheduled()).isZero();
    }
  }

  /** Uses a separate connection, because the driver notices what its own connection alters. */
  private static void addColumns(String jdbcUrl) {
    JdbcClient newer =
        JdbcClient.create(
            new DriverManagerDataSource(jdbcUrl, EmbeddedServers.postgreSql().username(), ""));
    newer.sql("alter table scheduling.tasks add column colour text").update();
    newer.sql("alter table scheduling.reminders add column colour text").update();
  }

  private static void remind(SchedulingFixture fixture, String taskId) {
    fixture.handle(SchedulingFixture.created(taskId, "Review", "user-456", DUE));
    assertThat(
            fixture
                .reminders
                .ofOwner("user-456", SchedulingFixture.NOW, SchedulingFixture.NOW, 10)
                .shown())
        .isNotEmpty();
    fixture.clock.tick(Duration.ofHours(3));
    fixture.ring();
    fixture.clock.tick(Duration.ofHours(-3));
  }
}
