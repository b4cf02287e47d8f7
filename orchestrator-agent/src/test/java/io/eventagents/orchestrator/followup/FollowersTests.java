package io.eventagents.orchestrator.followup;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.DatabaseSchema;
import io.eventagents.embedded.EmbeddedServers;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class FollowersTests {

  private static final DriverManagerDataSource DATA_SOURCE = new DriverManagerDataSource();

  private final JdbcClient jdbc = JdbcClient.create(DATA_SOURCE);
  private final FollowUpStore store = new FollowUpStore(jdbc);

  @BeforeAll
  static void create() {
    DATA_SOURCE.setUrl(EmbeddedServers.postgreSql().createDatabase("followers"));
    DATA_SOURCE.setUsername("postgres");
    DatabaseSchema.migrate(DATA_SOURCE, "orchestrator", "classpath:db/orchestrator");
  }

  @BeforeEach
  void empty() {
    jdbc.sql("truncate orchestrator.followers").update();
  }

  @Test
  void areTheFirstOfEachEventInTheirOrder() {
    follow("many", 250, 10);
    follow("just", 100, 10);
    follow("few", 3, 10);

    FollowingEvents found =
        store.followersOf(List.of("many", "just", "few", "none"), 100, 8_000_000);

    assertThat(counts(found))
        .containsEntry("many", 100L)
        .containsEntry("just", 100L)
        .containsEntry("few", 3L)
        .hasSize(3);
    assertThat(found.cut()).containsExactly("many");
    assertThat(found.shown())
        .extracting(FollowingEvent::eventId)
        .startsWith("few-1")
        .contains("many-100");
    assertThat(found.shown())
        .isSortedAccordingTo((a, b) -> a.occurredAt().compareTo(b.occurredAt()));
  }

  @Test
  void areFewerIfTheyAreLarge() {
    follow("large", 50, 100_000);
    follow("huge", 1, 3_000_000);
    follow("small", 3, 10);

    FollowingEvents found = store.followersOf(List.of("large", "huge", "small"), 100, 3_000_000);

    assertThat(counts(found)).containsEntry("large", 9L).containsEntry("small", 3L).hasSize(2);
    assertThat(found.cut()).containsExactlyInAnyOrder("large", "huge");
  }

  private static Map<String, Long> counts(FollowingEvents followers) {
    return followers.shown().stream()
        .map(FollowingEvent::causeId)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private void follow(String cause, int times, int sourceLength) {
    jdbc.sql(
            """
            insert into orchestrator.followers
              (event_id, cause_id, event_type, occurred_at, correlation_id, source, created_at)
            select :cause || '-' || i, :cause, 'notification.sent',
              timestamptz '2025-01-15T12:00:00Z' + i * interval '1 s', 'chain', repeat('s', :length), now()
            from generate_series(1, :times) i
            """)
        .param("cause", cause)
        .param("times", times)
        .param("length", sourceLength)
        .update();
  }
}
