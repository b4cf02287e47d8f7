package io.eventagents.orchestrator.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.Cause;
import io.eventagents.DatabaseSchema;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import io.eventagents.embedded.EmbeddedServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Overdue follow-ups, some of which cannot be reported. */
@ExtendWith(OutputCaptureExtension.class)
class FollowUpDeadlinesTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:22.456Z");
  private static final DriverManagerDataSource DATA_SOURCE = new DriverManagerDataSource();

  private final JdbcClient jdbc = JdbcClient.create(DATA_SOURCE);
  private final FollowUpStore store = new FollowUpStore(jdbc);
  private final Publisher publisher = new Publisher();
  private final FollowUpDeadlines deadlines =
      new FollowUpDeadlines(
          new FollowUpRules(
              List.of(
                  new FollowUpRule(
                      "task.created", "notification.sent", Duration.ofMinutes(1), null))),
          store,
          publisher,
          new TransactionTemplate(new JdbcTransactionManager(DATA_SOURCE)),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeAll
  static void create() {
    DATA_SOURCE.setUrl(EmbeddedServers.postgreSql().createDatabase("follow-up-deadlines"));
    DATA_SOURCE.setUsername("postgres");
    DatabaseSchema.migrate(DATA_SOURCE, "orchestrator", "classpath:db/orchestrator");
  }

  @BeforeEach
  void empty() {
    jdbc.sql("truncate orchestrator.follow_ups").update();
  }

  @Test
  void delayNoOtherIfSomeCannotBeReported(CapturedOutput log) {
    IntStream.range(0, 150).mapToObj(i -> "cause-" + i).forEach(this::overdue);
    Set<String> refused =
        Stream.of(0, 1, 70, 149).map(i -> "cause-" + i).collect(Collectors.toSet());
    publisher.refused = refused;

    deadlines.tellMissed();
    deadlines.tellMissed();

    assertThat(publisher.told)
        .hasSize(146)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(refused);
    assertThat(log).containsOnlyOnce("cannot be reported yet").doesNotContain("reported again");
    publisher.refused = Set.of();
    deadlines.tellMissed();
    assertThat(publisher.told).hasSize(150).doesNotHaveDuplicates();
    assertThat(
            jdbc.sql("select count(*) from orchestrator.follow_ups where missed_at is null")
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(log).containsOnlyOnce("Everything that did not follow in time is reported again");
  }

  @Test
  void areNotTriedOneByOneWhileTheDatabaseIsAway() {
    IntStream.range(0, 5).mapToObj(i -> "cause-" + i).forEach(this::overdue);
    publisher.isAway = true;

    assertThatExceptionOfType(DataAccessResourceFailureException.class)
        .isThrownBy(deadlines::tellMissed);

    assertThat(publisher.calls).isOne();
  }

  private void overdue(String causeId) {
    int number = Integer.parseInt(causeId.substring("cause-".length()));
    store.await(
        new FollowUp(
            causeId,
            "task.created",
            "notification.sent",
            "chain",
            null,
            0,
            NOW.minusSeconds(1_000 - number),
            null,
            null,
            null),
        NOW);
  }

  /** Publishes what it does not refuse; what is rolled back does not count. */
  private final class Publisher implements EventPublisher<FollowUpMissed> {

    private final List<String> told = new ArrayList<>();
    private Set<String> refused = Set.of();
    private boolean isAway;
    private int calls;

    @Override
    public <P extends FollowUpMissed> Event<P> publish(P payload, Cause cause) {
      calls++;
      if (isAway) {
        throw new DataAccessResourceFailureException("away");
      }
      if (refused.contains(payload.causeId())) {
        throw new OutOfMemoryError("as of a record that does not fit");
      }
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              told.add(payload.causeId());
            }
          });
      return new Event<>(
          "event", "followup.missed", NOW, payload, new EventMetadata("chain", "cause", "test"));
    }
  }
}
