package io.eventagents.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class OutboxTests {

  private final TestDatabase database = TestDatabase.create();
  private final Outbox outbox = new Outbox(database.dataSource(), database.schema());

  @Test
  void storesWithTheTransaction() {
    database.inTransaction(() -> outbox.write(List.of(record("kept"))));
    database
        .transactions()
        .executeWithoutResult(
            status -> {
              outbox.write(List.of(record("gone")));
              status.setRollbackOnly();
            });

    assertThat(rows()).extracting(row -> new String(row.value(), UTF_8)).containsExactly("kept");
  }

  @Test
  void refusesToStoreOutsideATransaction() {
    assertThatIllegalStateException()
        .isThrownBy(() -> outbox.write(List.of(record("lost"))))
        .withMessageContaining("transaction");
  }

  @Test
  void keepsEveryPartOfARecordAsItIs() {
    ProducerRecord<byte[], byte[]> full =
        new ProducerRecord<>("task-events", 3, 1234L, new byte[] {0, -1}, new byte[] {-2, 0, 2});
    full.headers().add("event_id", "e-1".getBytes(UTF_8));
    full.headers().add("bytes", new byte[] {0, -128, 127});
    full.headers().add("nothing", null);
    full.headers().add("größe", new byte[0]);
    full.headers().add("event_id", "e-2\0".getBytes(UTF_8));
    ProducerRecord<byte[], byte[]> empty = new ProducerRecord<>("task-events", null);

    database.inTransaction(() -> outbox.write(List.of(full, empty)));

    List<OutboxRow> rows = rows();
    assertThat(rows.get(0).toRecord()).usingRecursiveComparison().isEqualTo(full);
    assertThat(rows.get(0).toRecord().headers().toArray())
        .containsExactly(
            new RecordHeader("event_id", "e-1".getBytes(UTF_8)),
            new RecordHeader("bytes", new byte[] {0, -128, 127}),
            new RecordHeader("nothing", (byte[]) null),
            new RecordHeader("größe", new byte[0]),
            new RecordHeader("event_id", "e-2\0".getBytes(UTF_8)));
    assertThat(rows.get(0).eventId()).isEqualTo("e-2\uFFFD");
    assertThat(rows.get(1).toRecord()).usingRecursiveComparison().isEqualTo(empty);
    assertThat(rows.get(1).eventId()).isNull();
  }

  @Test
  void keepsTheOrderOfTheListHoweverLongItIs() {
    List<ProducerRecord<byte[], byte[]>> records =
        IntStream.range(0, 2_500).mapToObj(n -> record(Integer.toString(n))).toList();

    database.inTransaction(() -> outbox.write(records));

    assertThat(rows())
        .extracting(row -> new String(row.value(), UTF_8))
        .containsExactlyElementsOf(IntStream.range(0, 2_500).mapToObj(Integer::toString).toList());
  }

  @Test
  void readsNoMoreBytesAtOnceThanAskedForButAlwaysARow() throws Exception {
    ProducerRecord<byte[], byte[]> large =
        new ProducerRecord<>("task-events", new byte[1], new byte[100_000]);
    database.inTransaction(() -> outbox.write(List.of(large, large, record("small"))));

    assertThat(rows(1_000, 50_000)).hasSize(1);
    assertThat(rows(1_000, 250_000)).hasSize(3);
    assertThat(rows(2, 250_000)).hasSize(2);
  }

  @Test
  void tellsWhatWaits() throws Exception {
    Backlog nothing = outbox.backlog();
    database.inTransaction(() -> outbox.write(List.of(record("a"), record("b"), record("c"))));
    database.sql("UPDATE SCHEMA.outbox SET created_at = now() - interval '90 s'").update();
    long parked = rows().getFirst().id();
    try (Connection connection = database.dataSource().getConnection()) {
      outbox.table().park(connection, parked, "no\0reason");
      outbox.table().hold(connection, Map.of(parked, List.of(rows().getFirst().id())));
    }
    Backlog some = outbox.backlog();

    assertThat(nothing).isEqualTo(new Backlog(0, java.time.Duration.ZERO, 0, 0));
    assertThat(some.waiting()).isEqualTo(2);
    assertThat(some.held()).isEqualTo(1);
    assertThat(some.parked()).isEqualTo(1);
    assertThat(some.oldestAge()).isGreaterThanOrEqualTo(java.time.Duration.ofSeconds(90));
  }

  @Test
  void holdsNothingBehindARowThatIsReleasedAtTheSameMoment() throws Exception {
    database.inTransaction(() -> outbox.write(List.of(record("a"), record("b"))));
    long first = rows().getFirst().id();
    try (Connection relay = database.dataSource().getConnection()) {
      outbox.table().park(relay, first, "too large");
      OutboxRow second = rows().getFirst();
      database.inTransaction(() -> new ParkedRecords(outbox).release(first));
      outbox.table().hold(relay, Map.of(first, List.of(second.id())));

      assertThat(second.parkedBefore()).isEqualTo(first);
      assertThat(outbox.backlog().held()).isZero();
      assertThat(rows()).hasSize(2);
    }
  }

  @Test
  void readsNoMoreThanItSendsHoweverManyRowsWaitOrAreParked() throws Exception {
    database
        .sql(
            """
            INSERT INTO SCHEMA.outbox (topic, record_key, headers, parked_at, held_by)
            SELECT 'task-events', convert_to('task-' || n % 1000, 'UTF8'), '',
              CASE WHEN n <= 1000 THEN now() END, CASE WHEN n BETWEEN 1001 AND 20000 THEN n % 1000 END
            FROM generate_series(1, 40000) n
            """)
        .update();
    StringBuilder plan = new StringBuilder();
    try (RelayLock lead = RelayLockTests.candidate(database, outbox)) {
      lead.inTransaction(
          connection -> {
            connection.createStatement().execute("LOAD 'auto_explain'");
            connection.createStatement().execute("SET auto_explain.log_min_duration = 0");
            connection.createStatement().execute("SET auto_explain.log_analyze = on");
            connection.createStatement().execute("SET client_min_messages = log");
            try (var statement = connection.prepareStatement(outbox.table().sendable());
                var next = connection.createStatement()) {
              statement.setInt(1, 100);
              statement.setLong(2, Long.MAX_VALUE);
              statement.executeQuery().close();
              // In a transaction a plan is told when the next statement takes its place.
              next.execute("SELECT 1");
              for (var notice = next.getWarnings();
                  notice != null;
                  notice = notice.getNextWarning()) {
                plan.append(notice.getMessage());
              }
            }
            return plan;
          });
    }

    assertThat(plan)
        .containsPattern("Index Scan using outbox_sendable on outbox .* rows=10[01]\\.")
        .contains("Index Scan using outbox_parked")
        .doesNotContain("Seq Scan");
  }

  private List<OutboxRow> rows() {
    return rows(10_000, Long.MAX_VALUE);
  }

  private List<OutboxRow> rows(int rows, long bytes) {
    try (Connection connection = database.dataSource().getConnection()) {
      return outbox.table().sendable(connection, rows, bytes);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String value) {
    return new ProducerRecord<>("task-events", "key".getBytes(UTF_8), value.getBytes(UTF_8));
  }
}
