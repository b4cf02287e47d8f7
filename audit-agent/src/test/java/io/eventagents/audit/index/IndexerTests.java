package io.eventagents.audit.index;

import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.event;
import static io.eventagents.audit.Records.headers;
import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.Records.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.eventagents.DatabaseSchema;
import io.eventagents.DependencyUnavailable;
import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.evidence.LogMeters;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogWitness;
import io.eventagents.audit.verification.Deviation;
import io.eventagents.embedded.EmbeddedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class IndexerTests {

  private static final String DATABASE = "audit_indexer";

  private static DriverManagerDataSource dataSource;
  private static JdbcTemplate jdbc;
  private static RecordIndex index;
  private static RecordQueries queries;

  @TempDir Path path;

  private final TickingClock clock = new TickingClock("2025-01-15T23:59:59Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private LogDirectory directory;
  private AuditLog log;
  private Indexer indexer;

  @BeforeAll
  static void database() {
    var server = EmbeddedServers.postgreSql();
    dataSource =
        new DriverManagerDataSource(
            server.createDatabase(DATABASE), server.username(), server.password());
    DatabaseSchema schema = DatabaseSchema.migrate(dataSource, "audit", "classpath:db/audit");
    jdbc = new JdbcTemplate(dataSource);
    index = new RecordIndex(jdbc, new JdbcTransactionManager(dataSource), schema);
    queries = new RecordQueries(JdbcClient.create(dataSource), schema);
  }

  @BeforeEach
  void open() {
    jdbc.execute("truncate audit.records, audit.logs");
    directory = LogDirectory.open(path);
    log =
        AuditLog.open(
            directory, clock, new LogMeters(meters), GapReasons.UNTOLD, LogWitness.NONE, null);
    indexer = new Indexer(directory, log.end(), index, meters);
  }

  @AfterEach
  void close() throws IOException {
    indexer.stop();
    log.close();
    directory.close();
  }

  @Test
  void indexesRecordsSoonAfterTheyAreLogged() {
    indexer.start();
    accept(record(7, wire("task.created.json")));

    await().atMost(Duration.ofSeconds(2)).until(() -> rows() == 1);
    FoundRecord found = recordsOf("e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d").getFirst();
    assertThat(found.topicId()).isEqualTo(Records.TASK_EVENTS.toString());
    assertThat(found.topic()).isEqualTo("task-events");
    assertThat(found.offset()).isEqualTo(7);
    assertThat(found.key()).isEqualTo("task-123");
    assertThat(found.loggedAt()).isEqualTo("2025-01-15T23:59:59Z");
    assertThat(found.timestamp()).isEqualTo("2025-01-15T14:30:22.456Z");
    assertThat(found.file()).isEqualTo("audit-2025-01-15.jsonl");
    assertThat(found.position()).isZero();
    assertThat(found.occurrences()).isEqualTo(1);
  }

  @Test
  void followsALogThatAnotherProgramTruncatedAndThatWasReadAgain() throws Exception {
    indexer.start();
    accept(event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"));
    accept(event(1, "b", "a.done", null, "2025-01-15T10:00:00Z"));
    accept(event(2, "c", "a.done", null, "2025-01-15T10:00:00Z"));
    await().until(() -> rows() == 3);
    Path file = path.resolve("audit-2025-01-15.jsonl");
    Files.writeString(file, Files.readAllLines(file).getFirst() + "\n");
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> accept(event(3, "other", "a.done", null, "2025-01-15T10:00:00Z")));
    }

    await().until(() -> rows() == 1);
    accept(event(1, "bb", "a.done", null, "2025-01-15T10:00:00Z"));
    await().until(() -> rows() == 2);
    assertThat(queries.event("b", 10, 1_000_000).rows()).isEmpty();
    assertThat(queries.event("c", 10, 1_000_000).rows()).isEmpty();
    assertThat(queries.event("bb", 10, 1_000_000).rows()).hasSize(1);
  }

  @Test
  void indexesALogAgainThatAnOlderCopyReplacedWhileItWasClosed() throws Exception {
    indexer.start();
    accept(event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"));
    clock.tick(Duration.ofDays(1));
    accept(event(1, "b", "a.done", null, "2025-01-15T10:00:00Z"));
    accept(event(2, "c", "a.done", null, "2025-01-15T10:00:00Z"));
    accept(event(3, "d", "a.done", null, "2025-01-15T10:00:00Z"));
    await().until(() -> rows() == 4);
    indexer.stop();
    log.close();
    Path file = path.resolve("audit-2025-01-16.jsonl");
    Files.writeString(file, Files.readAllLines(file).getFirst() + "\n");
    clock.tick(Duration.ofMillis(500));
    log =
        AuditLog.open(
            directory, clock, new LogMeters(meters), GapReasons.UNTOLD, LogWitness.NONE, null);
    // The missing records come again, as other lines, with more behind them.
    accept(event(2, "another-c", "a.done", null, "2025-01-15T10:00:00Z"));
    accept(event(3, "d", "a.done", null, "2025-01-15T10:00:00Z"));
    accept(event(4, "e", "a.done", null, "2025-01-15T10:00:00Z"));

    restart();

    await().until(() -> rows() == 5);
    await().untilAsserted(() -> assertThat(check()).isNull());
    assertThat(queries.event("c", 10, 1_000_000).rows()).isEmpty();
    assertThat(queries.event("another-c", 10, 1_000_000).rows()).hasSize(1);
    assertThat(meters.get("audit.index.refused").counter().count()).isZero();
  }

  @Test
  void keepsTheRowsOfFilesThatWereMovedAway() throws Exception {
    indexer.start();
    accept(event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"));
    clock.tick(Duration.ofDays(1));
    accept(event(1, "b", "a.done", null, "2025-01-15T10:00:00Z"));
    await().until(() -> rows() == 2);
    indexer.stop();
    Files.delete(path.resolve("audit-2025-01-15.jsonl"));
    accept(event(2, "c", "a.done", null, "2025-01-15T10:00:00Z"));

    restart();

    await().until(() -> rows() == 3);
    assertThat(queries.event("a", 10, 1_000_000).rows()).hasSize(1);
  }

  private @Nullable Deviation check() throws IOException {
    return new IndexCheck(directory, index).run(bytes -> {});
  }

  @Test
  void pointsToTheLineInTheLog() throws Exception {
    indexer.start();
    accept(event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"));
    accept(event(1, "b", "a.done", null, "2025-01-15T10:00:00Z"));
    await().until(() -> rows() == 2);

    FoundRecord found = recordsOf("b").getFirst();
    byte[] file = Files.readAllBytes(path.resolve(found.file()));
    assertThat(new String(file, (int) found.position(), found.length(), StandardCharsets.UTF_8))
        .startsWith("{\"v\":1,")
        .contains("\"offset\":1,")
        .endsWith("}");
  }

  @Test
  void continuesWhereItStopped() {
    indexer.start();
    accept(event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"));
    await().until(() -> rows() == 1);
    indexer.stop();
    jdbc.update("delete from audit.records");
    accept(event(1, "b", "a.done", null, "2025-01-15T10:00:00Z"));
    clock.tick(Duration.ofDays(1));
    accept(event(2, "c", "a.done", null, "2025-01-15T10:00:00Z"));

    restart();

    await().until(() -> rows() == 2);
    assertThat(offsets()).containsExactly(1L, 2L);
  }

  @Test
  void isMadeAgainFromTheLogAlone() {
    for (int day = 0; day < 3; day++) {
      List<ReceivedRecord> records = new ArrayList<>();
      for (int i = 0; i < 2500; i++) {
        records.add(
            event(day * 2500L + i, "e" + day + "-" + i, "a.done", null, "2025-01-15T10:00:00Z"));
      }
      accept(records.toArray(ReceivedRecord[]::new));
      clock.tick(Duration.ofDays(1));
    }

    indexer.start();

    await().until(() -> rows() == 7500);
    assertThat(meters.get("audit.index.lag").gauge().value()).isZero();
  }

  @Test
  void indexesALogAgainThatIsNotTheOneThatWasIndexed() {
    accept(event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"));
    int number = index.enter(directory);
    index.advance(number, new LogPlace("audit-2031-01-01.jsonl", 5));

    indexer.start();

    await().until(() -> rows() == 1);
  }

  @Test
  void catchesUpAfterAnOutageOfTheDatabaseWhileTheLogContinues() {
    indexer.start();
    accept(event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"));
    await().until(() -> rows() == 1);
    JdbcTemplate administrator = administrator();
    administrator.execute("alter database " + DATABASE + " allow_connections false");
    try {
      administrator.queryForList(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = ?", DATABASE);
      accept(event(1, "b", "a.done", null, "2025-01-15T10:00:00Z"));
      accept(event(2, "c", "a.done", null, "2025-01-15T10:00:00Z"));
      assertThat(meters.get("audit.log.records").counter().count()).isEqualTo(3);
    } finally {
      administrator.execute("alter database " + DATABASE + " allow_connections true");
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> rows() == 3);
  }

  @Test
  void convertsTextsThatTheDatabaseWouldRefuse() {
    String longId = "i".repeat(1_000_000);
    String nulId = "nul\u0000id\ud800";
    indexer.start();
    accept(
        record(
            Records.TASK_EVENTS,
            0,
            utf8("key\u0000" + "k".repeat(1_000_000)),
            utf8(
                "{\"event_id\":\"nul\\u0000id\\ud800\",\"event_type\":\"a.\\u0000\","
                    + "\"data\":{\"n\":1e999999,\"t\":\"\\u0000\\ud800\"},"
                    + "\"metadata\":{\"correlation_id\":\""
                    + longId
                    + "\",\"source\":\"\\u0000\"}}"),
            headers("h\u0000", "\u0000", "source", "other\u0000")),
        record(1, "{\"event_id\":\"" + longId + "\",\"event_type\":\"" + longId + "\"}"),
        record(2, "{\"event_id\":\"mib\",\"data\":\"" + "é".repeat(512 * 1024) + "\"}"),
        record(3, new byte[] {-1, 0, -1}),
        record(4, (byte[]) null));

    await().until(() -> rows() == 5);
    assertThat(recordsOf(nulId)).hasSize(1);
    assertThat(recordsOf(longId)).hasSize(1);
    assertThat(
            queries.page(RecordFilter.of(Criterion.CHAIN, longId), null, 10, Long.MAX_VALUE).rows())
        .hasSize(2);
    assertThat(recordsOf(nulId).getFirst().data())
        .isEqualTo("{\"n\":1e999999,\"t\":\"\\u0000\\ud800\"}");
    assertThat(recordsOf("mib").getFirst().data()).hasSize(512 * 1024 + 2);
    assertThat(meters.get("audit.index.refused").counter().count()).isZero();
  }

  @Test
  void leavesOutALineThatIsNotOfTheLog() throws Exception {
    accept(event(0, "a", "a.done", null, "2025-01-15T10:00:00Z"));
    log.close();
    directory.close();
    Files.writeString(
        path.resolve("audit-2025-01-15.jsonl"), "edited\n", StandardOpenOption.APPEND);
    open();
    accept(event(1, "b", "a.done", null, "2025-01-15T10:00:00Z"));

    indexer.start();

    await().until(() -> rows() == 2);
    assertThat(meters.get("audit.index.refused").counter().count()).isEqualTo(1);
  }

  @Test
  void countsMismatchesAndUnreadableRecords() {
    indexer.start();
    accept(
        record(
            Records.TASK_EVENTS,
            0,
            null,
            wire("task.created.json"),
            headers("event_type", "task.deleted")),
        record(1, wire("not-json.txt")),
        record(2, wire("order.placed.json")));

    await().until(() -> rows() == 3);
    assertThat(meters.get("audit.records.mismatched").counter().count()).isEqualTo(1);
    assertThat(meters.get("audit.records.unreadable").counter().count()).isEqualTo(1);
    assertThat(recordsOf("e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d").getFirst().mismatches())
        .isEqualTo(
            "[{\"field\":\"event_type\",\"header\":\"task.deleted\",\"body\":\"task.created\"}]");
  }

  @Test
  void setsAsideARecordThatTheDatabaseRefusesForItsSize() throws Exception {
    jdbc.execute(
        """
        create or replace function refuse() returns trigger language plpgsql as $$ begin
          raise exception 'stack depth limit exceeded' using errcode = '54001'; end $$""");
    jdbc.execute(
        """
        create trigger refusing before insert on audit.records for each row
        when (new.data like '%hostile%') execute function refuse()""");
    try {
      indexer.start();
      accept(ordinary(0), hostile(1), ordinary(2));
      accept(ordinary(3));

      await().until(() -> rows() == 4);
    } finally {
      jdbc.execute("drop trigger refusing on audit.records");
    }
    assertIsFoundInPart(1, "the database refuses it (SQLSTATE 54001)");
    assertThat(recordsOf("e-2").getFirst().inPart()).isNull();
  }

  @Test
  void setsAsideARecordThatTakesAllMemoryWheneverItIsAlone() throws Exception {
    indexer = new Indexer(directory, log.end(), exhausted(Integer.MAX_VALUE), meters);
    accept(ordinary(0), hostile(1), ordinary(2), hostile(3), ordinary(4));

    indexer.start();

    await().until(() -> indexer.trouble().isPresent());
    assertThat(indexer.trouble()).contains("OutOfMemoryError");
    await().atMost(Duration.ofMinutes(1)).until(() -> rows() == 5);
    await().until(() -> indexer.trouble().isEmpty());
    assertIsFoundInPart(1, "indexing it ended in OutOfMemoryError, 3 times");
    assertIsFoundInPart(3, "indexing it ended in OutOfMemoryError, 3 times");
    assertThat(recordsOf("e-4").getFirst().inPart()).isNull();
    assertThat(meters.get("audit.index.refused").counter().count()).isEqualTo(2);
    await().until(() -> indexer.inPart().count() == 2);
  }

  @Test
  void setsNothingAsideIfSomethingElseTakesTheMemory() {
    indexer = new Indexer(directory, log.end(), exhausted(2), meters);
    accept(ordinary(0), hostile(1), ordinary(2));

    indexer.start();

    await().atMost(Duration.ofMinutes(1)).until(() -> rows() == 3);
    assertThat(recordsOf("e-1").getFirst().data()).contains("hostile");
    assertThat(meters.get("audit.index.refused").counter().count()).isZero();
  }

  @Test
  void makesTheIndexAgainPastARecordThatTakesAllMemory() throws Exception {
    accept(ordinary(0), hostile(1), ordinary(2));
    Reindexing reindexing = new Reindexing(directory, exhausted(Integer.MAX_VALUE), clock);

    reindexing.run();

    assertThat(reindexing.progress().state()).isEqualTo(Reindexing.State.DONE);
    assertThat(rows()).isEqualTo(3);
    assertIsFoundInPart(1, "indexing it ended in OutOfMemoryError, 3 times");
    new Reindexing(directory, index, clock).run();
    assertThat(recordsOf("e-1").getFirst().inPart()).isNull();
    assertThat(recordsOf("e-1").getFirst().data()).contains("hostile");
  }

  @Test
  void indexesWhatFollowsDeeplyNestedRecords() throws Exception {
    indexer.start();
    accept(
        ordinary(0),
        record(1, nested("{\"abcdefgh\":", 60_000, "}")),
        record(2, "{\"event_type\":\"a.b\",\"data\":" + "[{\"\":".repeat(50_000)),
        record(3, "[".repeat(1_000_000)),
        ordinary(4));

    await().until(() -> rows() == 5);
    FoundRecord deep = recordsOf("deep").getFirst();
    assertThat(deep.payload()).isEqualTo("raw");
    assertThat(deep.eventType()).isEqualTo("a.done");
    assertThat(
            queries
                .page(
                    new RecordFilter(
                        Map.of(Criterion.FIELD, "abcdefgh", Criterion.VALUE, "down"),
                        null,
                        null,
                        null),
                    null,
                    2,
                    Long.MAX_VALUE)
                .rows())
        .hasSize(1);
    assertThat(check()).isNull();
    assertThat(meters.get("audit.index.refused").counter().count()).isZero();
  }

  private static String nested(String begin, int levels, String end) {
    return "{\"event_id\":\"deep\",\"event_type\":\"a.done\",\"data\":"
        + begin.repeat(levels)
        + "\"down\""
        + end.repeat(levels)
        + "}";
  }

  private static ReceivedRecord ordinary(long offset) {
    return event(offset, "e-" + offset, "a.done", null, "2025-01-15T10:00:00Z");
  }

  private static ReceivedRecord hostile(long offset) {
    return record(
        Records.TASK_EVENTS,
        offset,
        null,
        utf8("{\"event_id\":\"e-%d\",\"data\":{\"a\":\"hostile\"}}".formatted(offset)),
        headers("event_id", "e-" + offset, "event_type", "b.done"));
  }

  private void assertIsFoundInPart(long offset, String because) throws IOException {
    FoundRecord found = recordsOf("e-" + offset).getFirst();
    assertThat(found.offset()).isEqualTo(offset);
    assertThat(found.eventType()).isEqualTo("b.done");
    assertThat(found.inPart()).isEqualTo(because);
    assertThat(found.data()).isNull();
    assertThat(found.payload()).isEqualTo("event");
    assertThat(check()).isNull();
    RecordsInPart inPart = index.inPart(index.enter(directory));
    assertThat(inPart.latest())
        .extracting(one -> one.place().offset(), RecordsInPart.InPart::because)
        .contains(tuple(offset, because));
  }

  /** Storing the content of a hostile record runs out of memory, a number of times. */
  private static RecordIndex exhausted(int times) {
    AtomicInteger left = new AtomicInteger(times);
    JdbcTemplate exhausted =
        new JdbcTemplate(dataSource) {
          @Override
          public <T extends @Nullable Object> T execute(ConnectionCallback<T> action) {
            T done = super.execute(action);
            Boolean stored =
                queryForObject(
                    "select exists (select from audit.records where data like '%hostile%')",
                    Boolean.class);
            if (Boolean.TRUE.equals(stored) && left.getAndDecrement() > 0) {
              throw new OutOfMemoryError("no heap for that");
            }
            return done;
          }
        };
    return new RecordIndex(
        exhausted,
        new JdbcTransactionManager(dataSource),
        DatabaseSchema.migrate(dataSource, "audit", "classpath:db/audit"));
  }

  private void accept(ReceivedRecord... records) {
    log.accept(batch(records));
  }

  private void restart() {
    indexer = new Indexer(directory, log.end(), index, meters);
    indexer.start();
  }

  private static int rows() {
    Integer rows = jdbc.queryForObject("select count(*) from audit.records", Integer.class);
    return rows == null ? 0 : rows;
  }

  private static List<@Nullable Long> offsets() {
    return jdbc.queryForList("select \"offset\" from audit.records order by 1", Long.class);
  }

  private static JdbcTemplate administrator() {
    var server = EmbeddedServers.postgreSql();
    return new JdbcTemplate(
        new DriverManagerDataSource(
            server.jdbcUrl("postgres"), server.username(), server.password()));
  }

  private List<FoundRecord> recordsOf(String id) {
    return queries.event(id, 10, Long.MAX_VALUE).rows();
  }
}
