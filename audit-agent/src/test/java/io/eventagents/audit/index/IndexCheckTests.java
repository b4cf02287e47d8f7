package io.eventagents.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.verification.Deviation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes in the database are found, and repaired from the log. */
class IndexCheckTests {

  private static final String TIME = "2025-01-15T10:00:00.123456789Z";
  private static final int EVENTS = 4400;

  private static IndexedLog.Database database;

  @TempDir Path path;

  private IndexedLog log;
  private IndexCheck check;
  private Reindexing reindexing;

  @BeforeAll
  static void database() {
    database = IndexedLog.Database.create("audit_check");
  }

  @BeforeEach
  void open() {
    log = IndexedLog.in(path, database);
    check = new IndexCheck(log.directory, database.index());
    reindexing = new Reindexing(log.directory, database.index(), log.clock);
    log.accept(events("first", 10));
    log.clock.tick(Duration.ofDays(1));
    log.accept(events("second", EVENTS));
    log.accept(log.event("second", "not JSON"), log.event("second", "{\"a\":\"\\u0000\"}"));
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  @Test
  void findsNothingIfNobodyChangedAnything() throws IOException {
    List<Long> compared = new ArrayList<>();

    assertThat(check.run(compared::add)).isNull();
    assertThat(compared.getLast())
        .isEqualTo(
            log.directory.size("audit-2025-01-15.jsonl")
                + log.directory.size("audit-2025-01-16.jsonl"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data = '{\"n\":1}'                         | data is another",
        "data = null                                | data is another",
        "event_type = 'task.deleted'                | event_type is 'task.deleted', expected 'task.created'",
        "source = null                              | source is nothing, expected 'task-agent'",
        "causation_id = 'other'                     | causation_id is 'other', expected 'call'",
        "occurred_at = occurred_at + interval '1 microsecond' | occurred_at is",
        "record_key = 'somebody else'               | record_key is another",
        "headers = '[[\"a\",\"b\"]]'                | headers is another",
        "terms = '{1}'                              | terms is another",
        "length = 1                                 | length is '1', expected",
        "\"offset\" = 100000                        | offset is '100000', expected '4321'",
        "mismatches = '[]'                          | mismatches is another"
      })
  void namesARowThatSaysSomethingElse(String change, String detail) throws IOException {
    LogPlace place = placeOf("second-4311");
    database
        .jdbc()
        .update("update audit.records set " + change + " where event_id = 'second-4311'");

    Deviation found = deviation();

    assertThat(found.file()).isEqualTo(place.file());
    assertThat(found.position()).isEqualTo(place.position());
    assertThat(found.expected()).contains("task-events-0 offset 4321");
    assertThat(found.found()).startsWith(detail);
  }

  @Test
  void namesARowThatIsMissing() throws IOException {
    LogPlace place = placeOf("second-17");
    database
        .jdbc()
        .update("delete from audit.records where event_id in ('second-17', 'second-99')");

    Deviation found = deviation();

    assertThat(found)
        .isEqualTo(
            new Deviation(
                place.file(),
                0,
                place.position(),
                "the index to have task-events-0 offset 27 as the log has it",
                "the index has no row of the line"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file, position", // a second one of the same line
        "file, position + 1", // within a line
        "file, 100000000", // behind the end
        "'audit-2025-01-15.jsonl', 100000000", // behind the end of an older file
        "'audit-2025-01-17.jsonl', 0", // in a file that is not there yet
        "'audit-2031-01-01.jsonl', 0"
      })
  void namesARowThatNobodyLogged(String place) throws IOException {
    invent(place);

    Deviation found = deviation();

    assertThat(found.expected()).contains("offset 77 ");
    assertThat(found.found()).isNotEqualTo("the index has no row of the line");
  }

  @Test
  void namesARowThatWasMovedToAnotherPlace() throws IOException {
    LogPlace place = placeOf("second-17");
    database
        .jdbc()
        .update("update audit.records set position = position + 3 where event_id = 'second-17'");

    Deviation found = deviation();

    assertThat(found.file()).isEqualTo(place.file());
    assertThat(found.position()).isIn(place.position(), place.position() + 3);
  }

  @Test
  void ignoresFilesThatWereMovedAway() throws IOException {
    Files.delete(path.resolve("audit-2025-01-15.jsonl"));

    assertThat(check.run(bytes -> {})).isNull();
    reindexing.run();
    assertThat(rows()).isEqualTo(EVENTS + 12);
  }

  @Test
  void restoresTheIndexFromTheLog() throws IOException {
    log.accept(events("third", 1));
    String before = content();
    database.jdbc().update("delete from audit.records where event_id like 'second-1%'");
    database.jdbc().update("update audit.records set data = '{}' where event_id like 'second-2%'");
    database
        .jdbc()
        .update(
            """
            update audit.records set file = 'audit-2025-01-15.jsonl', position = position + 1,
              topic = 'other-events' where event_id like 'second-3%'""");
    invent("file, position + 1");
    invent("'audit-2025-01-16.jsonl', 100000000");
    invent("'audit-2025-01-17.jsonl', 0");
    invent("'audit-2031-01-01.jsonl', 0");

    reindexing.run();

    assertThat(content()).isEqualTo(before);
    assertThat(check.run(bytes -> {})).isNull();
    Reindexing.Progress progress = reindexing.progress();
    assertThat(progress.state()).isEqualTo(Reindexing.State.DONE);
    assertThat(progress.records()).isEqualTo(EVENTS + 13);
    assertThat(progress.bytes()).isEqualTo(progress.ofBytes()).isPositive();
  }

  @Test
  void goesToTheEndOfTheLogIfNothingFollowsIt() throws IOException {
    int number = log.number();
    database.jdbc().update("truncate audit.records");
    database.jdbc().update("update audit.logs set file = null, position = null");

    reindexing.run();

    assertThat(rows()).isEqualTo(EVENTS + 12);
    assertThat(database.index().indexed(number)).isEqualTo(log.log.end().get());
  }

  @Test
  void leavesTheRowsOfOtherLogsAlone() throws IOException {
    database
        .jdbc()
        .update("insert into audit.logs (log_id, directory) values (gen_random_uuid(), 'other')");
    database
        .jdbc()
        .update(
            """
            update audit.records set log = (select id from audit.logs where directory = 'other'),
              topic = 'other-events' where event_id = 'second-5'""");

    reindexing.run();

    assertThat(rows()).isEqualTo(EVENTS + 13);
    assertThat(check.run(bytes -> {})).isNull();
  }

  private Deviation deviation() throws IOException {
    return Objects.requireNonNull(check.run(bytes -> {}));
  }

  private ReceivedRecord[] events(String chain, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                log.event(
                    chain, chain + "-" + i, "task.created", "call", TIME, "{\"n\":" + i + "}"))
        .toArray(ReceivedRecord[]::new);
  }

  private static void invent(String place) {
    database
        .jdbc()
        .update(
            """
            insert into audit.records (topic_id, topic, partition, "offset", log, file, position,
              length, logged_at, headers, payload, event_id, occurred_at)
            select gen_random_uuid(), topic, partition, 77, log, %s,
              length, logged_at, headers, payload, 'invented', occurred_at
            from audit.records where event_id = 'second-42'"""
                .formatted(place));
  }

  private static LogPlace placeOf(String eventId) {
    FoundRecord found = database.records().event(eventId, 1, Long.MAX_VALUE).rows().getFirst();
    return new LogPlace(found.file(), found.position());
  }

  private static int rows() {
    return Objects.requireNonNull(
        database.jdbc().queryForObject("select count(*) from audit.records", Integer.class));
  }

  private static String content() {
    return Objects.requireNonNull(
        database
            .jdbc()
            .queryForObject(
                """
                select md5(string_agg(r::text, ' ' order by r."offset")) from (
                  select topic_id, topic, partition, "offset", log, file, position, length,
                    logged_at, record_timestamp, record_key, headers, payload, event_id,
                    event_type, source, correlation_id, causation_id, occurred_at, metadata, data,
                    mismatches, terms
                  from audit.records) r""",
                String.class));
  }
}
