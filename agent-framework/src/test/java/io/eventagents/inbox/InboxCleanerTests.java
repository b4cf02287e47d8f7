package io.eventagents.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.outbox.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InboxCleanerTests {

  private final TestDatabase database = TestDatabase.create();

  @Test
  void forgetsWhatIsOlderThanTheRetention() {
    handled(12_000, "13 days 23 hours");
    handled(12_000, "14 days 1 hour");

    long removed = cleaner(Duration.ofDays(14), Duration.ofHours(1)).clean();

    assertThat(removed).isEqualTo(12_000);
    assertThat(database.count("inbox WHERE handled_at > now() - interval '14 days'"))
        .isEqualTo(12_000);
    assertThat(database.count("inbox")).isEqualTo(12_000);
  }

  @Test
  void leavesWhatATransactionHoldsAndWaitsForNobody() {
    handled(3, "2 hours");

    long removed =
        database
            .transactions()
            .execute(
                status -> {
                  database
                      .sql("SELECT * FROM SCHEMA.inbox LIMIT 1 FOR UPDATE")
                      .query()
                      .listOfRows();
                  return inAnotherThread();
                });

    assertThat(removed).isEqualTo(2);
  }

  @Test
  void leavesTheWorkToAnotherInstanceThatIsAtIt() {
    handled(3, "2 hours");

    long removed =
        database
            .transactions()
            .execute(
                status -> {
                  database
                      .sql(
                          "SELECT pg_advisory_xact_lock(x'65766169'::integer, 'SCHEMA.inbox'::regclass::oid::integer)")
                      .query()
                      .listOfRows();
                  return inAnotherThread();
                });

    assertThat(removed).isZero();
    assertThat(database.count("inbox")).isEqualTo(3);
  }

  @Test
  void cleansByItself() {
    handled(3, "2 hours");
    InboxCleaner cleaner = cleaner(Duration.ofHours(1), Duration.ofMillis(20));
    cleaner.start();
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> database.count("inbox") == 0);

      assertThat(cleaner.isRunning()).isTrue();
    } finally {
      cleaner.stop();
    }
    assertThat(cleaner.isRunning()).isFalse();
  }

  private long inAnotherThread() {
    try (var thread = java.util.concurrent.Executors.newSingleThreadExecutor()) {
      return thread
          .submit(() -> cleaner(Duration.ofHours(1), Duration.ofHours(1)).clean())
          .get(20, java.util.concurrent.TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private InboxCleaner cleaner(Duration retention, Duration interval) {
    return new InboxCleaner(
        database.dataSource(), database.schema(), new InboxProperties(retention, interval));
  }

  private void handled(int events, String age) {
    database
        .sql(
            "INSERT INTO SCHEMA.inbox SELECT 'agent', gen_random_uuid(), now() - ?::interval FROM generate_series(1, ?)")
        .param(age)
        .param(events)
        .update();
  }
}
