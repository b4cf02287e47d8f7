package io.eventagents.audit.erasure;

import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.headers;
import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.DatabaseSchema;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.archive.RemovedFiles;
import io.eventagents.audit.archive.S3Server;
import io.eventagents.audit.archive.Shipping;
import io.eventagents.audit.index.Indexer;
import io.eventagents.audit.index.RecordIndex;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.CompressedWriter;
import io.eventagents.audit.log.ExpectedChain;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.LogWitness;
import io.eventagents.embedded.EmbeddedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ErasureTests {

  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  private static final String SECOND_DAY = "audit-2025-01-16.jsonl";
  private static final String THIRD_DAY = "audit-2025-01-17.jsonl";

  private static DatabaseSchema schema;
  private static DriverManagerDataSource dataSource;
  private static JdbcTemplate jdbc;

  @TempDir Path path;

  private final TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
  private final Published published = new Published();
  private LogDirectory directory;
  private AuditLog log;
  private RecordIndex index;
  private Indexer indexer;
  private ErasureStore store;
  private RemovedFiles removed = RemovedFiles.NONE;
  private long nextOffset;

  @BeforeAll
  static void database() {
    var server = EmbeddedServers.postgreSql();
    dataSource =
        new DriverManagerDataSource(
            server.createDatabase("audit_erasure"), server.username(), server.password());
    schema = DatabaseSchema.migrate(dataSource, "audit", "classpath:db/audit");
    jdbc = new JdbcTemplate(dataSource);
  }

  @BeforeEach
  void open() {
    directory = LogDirectory.open(path);
    log = AuditLog.open(directory, clock, LogMeter.NONE, GapReasons.UNTOLD, LogWitness.NONE, null);
    index = new RecordIndex(jdbc, new JdbcTransactionManager(dataSource), schema);
    indexer = new Indexer(directory, log.end(), index, new SimpleMeterRegistry());
    indexer.start();
    store =
        new ErasureStore(
            JdbcClient.create(dataSource),
            schema,
            new TransactionTemplate(new JdbcTransactionManager(dataSource)),
            published,
            directory.id(),
            clock);
  }

  @AfterEach
  void close() throws IOException {
    indexer.stop();
    log.close();
    directory.close();
    jdbc.execute("truncate audit.records, audit.logs, audit.erasures, audit.erasure_chains");
  }

  @Test
  void removesThePayloadsOfASubjectFromEveryFile() throws Exception {
    logThreeDays();
    List<String> before = lines();

    Erasure erasure = erase(Map.of("owner_id", "user-456"), false);

    List<String> after = lines();
    assertThat(payloads()).doesNotContain("user-456").contains("user-789");
    assertThat(outcome(erasure).records()).isEqualTo(3);
    assertThat(outcome(erasure).files()).isEqualTo(3);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).hasSameSizeAs(before.get(i));
      if (before.get(i).contains("user-456")) {
        assertThat(after.get(i))
            .startsWith(before.get(i).substring(0, before.get(i).indexOf(",\"event\":")))
            .contains(",\"raw\":null,\"payload_digest\":{\"sha256\":\"")
            .contains("\",\"erased\":\"" + erasure.id() + "\"}")
            .doesNotContain("salt");
      } else {
        assertThat(after.get(i)).isEqualTo(before.get(i));
      }
    }
  }

  @Test
  void acceptsARequestWhateverTheNameOfItsUser() {
    Erasure erasure =
        store.request(
            asked(Map.of("owner_id", "user-456"), false),
            "al\0ice\ud800",
            new CorrelationId("req-1"));

    assertThat(store.find(erasure.id()).orElseThrow().requestedBy()).isEqualTo("al\ufffdice\ufffd");
  }

  /** The verification finds that line. It must not stand in the way of other people's rights. */
  @Test
  void continuesPastALineThatAnotherProgramWrote() throws Exception {
    logThreeDays();
    Path first = path.resolve(FIRST_DAY);
    Files.writeString(
        first,
        Files.readString(first)
            .lines()
            .map(it -> it.contains("user-456") ? it.replace(",\"event\":", ", \"event\": ") : it)
            .collect(Collectors.joining("\n", "", "\n")));

    Erasure erasure = erase(Map.of("owner_id", "user-456"), false);

    assertThat(outcome(erasure).records()).isEqualTo(2);
    assertThat(Files.readString(first)).contains("user-456");
    assertThat(Files.readString(path.resolve(SECOND_DAY))).doesNotContain("user-456");
  }

  @Test
  void leavesTheChainOfLinesAsItWas() throws Exception {
    logThreeDays();
    List<String> before = ExpectedChain.stated(lines());

    Erasure erasure = erase(Map.of("owner_id", "user-456"), true);

    List<String> after = lines();
    assertThat(ExpectedChain.of(ExpectedChain.start(directory.id()), after))
        .isEqualTo(ExpectedChain.stated(after))
        .isEqualTo(before);
    StringBuilder chain = new StringBuilder();
    for (String line : after) {
      if (line.contains("\"erased\":")) {
        chain.append(ExpectedChain.stated(List.of(line)).getFirst()).append('\n');
      }
    }
    assertThat(outcome(erasure).linesSha256()).isEqualTo(sha256(chain.toString()));
  }

  @Test
  void erasesTheWholeChainsOfTheSubject() throws Exception {
    accept(event("a1", "c-1", "{\"owner_id\":\"user-456\"}"));
    accept(event("a2", "c-1", "{\"mail\":\"him@example.org\"}"));
    accept(event("b1", "c-2", "{\"owner_id\":\"user-789\"}"));
    clock.tick(Duration.ofDays(1));
    accept(
        record(
            Records.TASK_EVENTS,
            nextOffset++,
            utf8("key"),
            utf8("no JSON at all"),
            headers("correlation_id", "c-1")));
    accept(event("c-1", null, "{\"mail\":\"him@example.org\"}"));

    Erasure erasure = erase(Map.of("owner_id", "user-456"), true);

    assertThat(erased()).containsExactly(0, 1, 3, 4);
    assertThat(outcome(erasure).records()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"owner_id\":\"user-456\"}",
        "{\"a\":[{\"b\":{\"owner_id\":\"user-456\"}}]}",
        "{\"owner_id\":\"user\\u002d456\"}",
        "{\"owner_id\":[\"user-1\",{\"x\":1},\"user-456\"]}",
        "{\"number\":42}",
        "{\"number\":\"42\"}",
        "{\"number\":4.20e1}"
      })
  void findsTheSubjectWhereverItStands(String data) throws Exception {
    accept(event("a1", "c-1", data));

    erase(Map.of("owner_id", "user-456", "number", "42"), false);

    assertThat(erased()).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"owner_id\":\"user-4567\"}",
        "{\"title\":\"user-456\"}",
        "{\"owner_id\":{\"x\":\"user-456\"}}",
        "{\"owner_id\":[{\"x\":\"user-456\"}],\"y\":\"user-456\"}",
        "{\"number\":\"42.0\"}",
        "{\"number\":true}"
      })
  void leavesPayloadsThatConcernOthers(String data) throws Exception {
    accept(event("a1", "c-1", data));

    erase(Map.of("owner_id", "user-456", "number", "42"), true);

    assertThat(erased()).isEmpty();
  }

  @Test
  void erasesPayloadsThatALineCannotHaveAsJson() throws Exception {
    accept(record(nextOffset++, "{\n\"data\":{\"owner_id\":\"user-456\"}}"));
    accept(
        record(
            nextOffset++, "{\"a\":".repeat(300) + "{\"owner_id\":\"user-456\"}" + "}".repeat(300)));
    accept(record(nextOffset++, "{\"owner_id\":\"user-456\", cut off"));
    accept(record(nextOffset++, ""));
    accept(record(nextOffset++, (byte[]) null));

    erase(Map.of("owner_id", "user-456"), false);

    assertThat(erased()).containsExactly(0, 1, 2);
    assertThat(lines().get(1)).doesNotContain("bytes");
  }

  @Test
  void leavesTheEventsOfErasures() throws Exception {
    accept(event("a1", "c-1", "{\"owner_id\":\"user-456\"}"));
    accept(record("erasure-events", 0, utf8("{\"metadata\":{\"correlation_id\":\"c-1\"}}")));

    erase(Map.of("owner_id", "user-456"), true);

    assertThat(lines().get(0)).contains("\"erased\":");
    assertThat(lines().get(1)).contains("\"event\":{\"metadata\":{\"correlation_id\":\"c-1\"}}");
  }

  @Test
  void erasesInCompressedFiles() throws Exception {
    logThreeDays();
    List<String> before = lines();
    compress(FIRST_DAY);

    erase(Map.of("owner_id", "user-456"), false);

    assertThat(path.resolve(FIRST_DAY)).doesNotExist();
    assertThat(path.resolve(FIRST_DAY + ".zst")).exists();
    assertThat(payloads()).doesNotContain("user-456");
    assertThat(lines()).hasSameSizeAs(before);
  }

  @Test
  void erasesInBothFormsIfACrashLeftThem() throws Exception {
    logThreeDays();
    Files.copy(path.resolve(FIRST_DAY), path.resolve("copy"));
    compress(FIRST_DAY);
    Files.move(path.resolve("copy"), path.resolve(FIRST_DAY));

    erase(Map.of("owner_id", "user-456"), false);
    Files.delete(path.resolve(FIRST_DAY));

    assertThat(payloads()).doesNotContain("user-456");
  }

  @Test
  void erasesInShippedFiles(@TempDir Path elsewhere) throws Exception {
    logThreeDays();
    compress(FIRST_DAY);
    compress(SECOND_DAY);
    try (S3Server server = new S3Server();
        Shipping shipping = new Shipping(directory, server.location())) {
      removed = shipping;
      shipping.ship(FIRST_DAY);
      shipping.ship(SECOND_DAY);
      Files.delete(path.resolve(FIRST_DAY + ".zst"));
      assertThat(dryRuns().of(asked(Map.of("owner_id", "user-456"), true)).records()).isEqualTo(6);

      Erasure erasure = erase(Map.of("owner_id", "user-456"), true);

      assertThat(outcome(erasure).records()).isEqualTo(6);
      assertThat(outcome(erasure).files()).isEqualTo(3);
      assertThat(directory.files()).containsExactly(SECOND_DAY, THIRD_DAY);
      for (String file : List.of(FIRST_DAY, SECOND_DAY)) {
        Files.write(
            elsewhere.resolve(file + ".zst"),
            server.object("logs/" + directory.id() + "/" + file + ".zst"));
      }
      assertThat(elsewhere.resolve(SECOND_DAY + ".zst"))
          .hasSameBinaryContentAs(path.resolve(SECOND_DAY + ".zst"));
      Files.copy(path.resolve(THIRD_DAY), elsewhere.resolve(THIRD_DAY));
      List<String> all = lines(elsewhere);
      assertThat(String.join("\n", all))
          .doesNotContain("user-456")
          .doesNotContain("him@example.org")
          .contains("user-789");
      assertThat(ExpectedChain.of(ExpectedChain.start(directory.id()), all))
          .isEqualTo(ExpectedChain.stated(all))
          .hasSize(12);
      try (var left = Files.list(path)) {
        assertThat(left).noneMatch(file -> file.toString().endsWith(".new"));
      }
    }
  }

  @Test
  void completesWhereverACrashInterruptedIt() throws Exception {
    int crashes = 0;
    for (int steps = 0; steps < 100; steps++) {
      close();
      try (var files = Files.list(path)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      nextOffset = 0;
      published.events.clear();
      clock.tick(Duration.ofDays(1));
      open();
      logThreeDays();
      compress(directory.files().getFirst());
      List<String> before = lines();
      Erasure requested = request(Map.of("owner_id", "user-456"), true);
      AtomicInteger left = new AtomicInteger(steps);
      boolean crashed = false;
      try {
        work().carryOut(requested, () -> left.getAndDecrement() > 0);
      } catch (CancellationException e) {
        crashed = true;
        crashes++;
        reopen();
        work().carryOut(store.next(Set.of()).orElseThrow(), () -> true);
      }

      assertThat(payloads()).doesNotContain("user-456").doesNotContain("him@example.org");
      assertThat(outcome(store.find(requested.id()).orElseThrow()).records()).isEqualTo(6);
      assertThat(ExpectedChain.stated(lines())).isEqualTo(ExpectedChain.stated(before));
      assertThat(published.events).hasSize(2);
      if (!crashed) {
        break;
      }
    }
    assertThat(crashes).isGreaterThan(8);
  }

  @Test
  void carriesOutTheOthersWhileOneCannotContinue() throws Exception {
    logThreeDays();
    accept(event("x", "c-x", "{\"owner_id\":\"user-999\"}"));
    Path inTheWay = path.resolve(FIRST_DAY + ".new").resolve("in the way");
    Files.createDirectories(inTheWay);
    Erasure stuck = request(Map.of("owner_id", "user-456"), false);
    Erasure next = request(Map.of("owner_id", "user-999"), false);
    ErasureRunner runner = new ErasureRunner(store, work());

    runner.start();
    try {
      await().until(() -> state(next) == ErasureState.COMPLETED);
      assertThat(state(stuck)).isEqualTo(ErasureState.ERASING);
      assertThat(store.find(stuck.id()).orElseThrow().failure()).isNotNull();
      Files.delete(inTheWay);
      Files.delete(inTheWay.getParent());

      await().atMost(Duration.ofMinutes(1)).until(() -> state(stuck) == ErasureState.COMPLETED);
    } finally {
      runner.stop();
    }
    assertThat(payloads()).doesNotContain("user-456").doesNotContain("user-999");
  }

  @Test
  void saysWhyItDoesNotContinueUntilItGetsFurther() throws Exception {
    logThreeDays();
    String id = request(Map.of("owner_id", "user-456"), false).id();
    store.enter(id, ErasureState.ERASING);
    store.progress(id, 3, 1);
    store.fail(id, "the disk is full");

    store.progress(id, 3, 0);
    store.progress(id, 3, 1);
    assertThat(store.find(id).orElseThrow().failure()).isEqualTo("the disk is full");
    assertThat(store.find(id).orElseThrow().filesDone()).isOne();

    store.progress(id, 3, 2);
    assertThat(store.find(id).orElseThrow().failure()).isNull();
    assertThat(store.find(id).orElseThrow().filesDone()).isEqualTo(2);
  }

  private ErasureState state(Erasure erasure) {
    return store.find(erasure.id()).orElseThrow().state();
  }

  @Test
  void erasesWhileTheLogIsWritten() throws Exception {
    for (int i = 0; i < 200; i++) {
      accept(event("a" + i, "c-" + i, owner(i)));
    }
    AtomicBoolean writing = new AtomicBoolean(true);
    AtomicInteger written = new AtomicInteger();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (writing.get()) {
                    accept(event("w" + nextOffset, "c-w", "{\"owner_id\":\"user-789\"}"));
                    written.incrementAndGet();
                  }
                });
    try {
      for (int round = 0; round < 10; round++) {
        int before = written.get();
        erase(Map.of("owner_id", "user-" + round), false);
        await().until(() -> written.get() > before + 5);
      }
    } finally {
      writing.set(false);
      writer.join();
    }

    assertThat(erased()).hasSize(100);
    assertThat(offsets()).isEqualTo(range(nextOffset));
    List<String> lines = lines();
    assertThat(ExpectedChain.of(ExpectedChain.start(directory.id()), lines))
        .isEqualTo(ExpectedChain.stated(lines));
    reopen();
    accept(event("last", "c-l", "{}"));
    assertThat(offsets()).isEqualTo(range(nextOffset));
  }

  @Test
  void leavesWhatIsLoggedAfterItBegan() throws Exception {
    accept(event("a1", "c-1", "{\"owner_id\":\"user-456\"}"));
    Erasure requested = request(Map.of("owner_id", "user-456"), true);
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> work().carryOut(requested, () -> false));
    accept(event("a2", "c-1", "{\"owner_id\":\"user-456\"}"));

    work().carryOut(store.next(Set.of()).orElseThrow(), () -> true);

    assertThat(erased()).containsExactly(0);
  }

  @Test
  void findsNothingTheSecondTime() throws Exception {
    logThreeDays();
    erase(Map.of("owner_id", "user-456"), true);
    List<String> after = lines();

    Erasure second = erase(Map.of("owner_id", "user-456"), true);

    assertThat(outcome(second).records()).isZero();
    assertThat(outcome(second).linesSha256()).isEqualTo(sha256(""));
    assertThat(lines()).isEqualTo(after);
  }

  @Test
  void completesForASubjectThatNothingConcerns() throws Exception {
    assertThat(outcome(erase(Map.of("owner_id", "user-456"), true)).records()).isZero();
    logThreeDays();
    List<String> before = lines();

    assertThat(outcome(erase(Map.of("owner_id", "nobody"), true)).records()).isZero();
    assertThat(lines()).isEqualTo(before);
  }

  @Test
  void removesThePayloadsFromTheIndexAndKeepsThemRemoved() throws Exception {
    logThreeDays();
    awaitRows(nextOffset);

    erase(Map.of("owner_id", "user-456"), true);

    assertThat(columns()).doesNotContain("user-456").doesNotContain("him@example.org");
    List<Map<String, @Nullable Object>> rows = rows();
    assertThat(rows.stream().filter(row -> "erased".equals(row.get("payload")))).hasSize(6);
    indexer.stop();
    jdbc.execute("truncate audit.records, audit.logs cascade");
    indexer = new Indexer(directory, log.end(), index, new SimpleMeterRegistry());
    indexer.start();
    awaitRows(nextOffset);
    assertThat(rows()).isEqualTo(rows);
  }

  @Test
  void keepsThePositionsFromWhichTheLogContinues() throws Exception {
    accept(event("a1", "c-1", "{\"owner_id\":\"user-789\"}"));
    clock.tick(Duration.ofDays(1));
    accept(event("a2", "c-2", "{\"owner_id\":\"user-456\"}"));
    reopen();
    // After that, the positions cannot be computed from the log alone.
    Files.delete(path.resolve(FIRST_DAY));
    indexer.stop();
    String positions = Files.readString(path.resolve("positions.json"));
    jdbc.execute("truncate audit.records, audit.logs cascade");
    indexer = new Indexer(directory, log.end(), index, new SimpleMeterRegistry());
    indexer.start();

    erase(Map.of("owner_id", "user-456"), true);
    directory.close();
    assertThat(erased()).containsExactly(1);
    assertThat(path.resolve("positions.json")).hasContent(positions);
    open();

    assertThat(log.head()).isNotNull();
    assertThat(Objects.requireNonNull(log.head()).lines()).isEqualTo(2);
  }

  @Test
  void reportsToTheLogAndForgetsTheSubject() throws Exception {
    logThreeDays();

    Erasure erasure = erase(Map.of("owner_id", "user-456"), true);

    assertThat(published.events)
        .satisfiesExactly(
            event ->
                assertThat(event.data())
                    .isEqualTo(
                        new ErasureEvent.Requested(
                            erasure.id(),
                            directory.id().toString(),
                            "asked for it",
                            "alice",
                            sha256(erasure.id() + "{\"owner_id\":\"user-456\"}"))),
            event ->
                assertThat(event.data())
                    .isEqualTo(
                        new ErasureEvent.Completed(
                            erasure.id(),
                            directory.id().toString(),
                            6,
                            3,
                            outcome(erasure).linesSha256())));
    assertThat(published.events.get(1).metadata())
        .isEqualTo(new EventMetadata("req-1", published.events.get(0).eventId(), "audit-agent"));
    assertThat(erasure.subject()).isNull();
    assertThat(jdbc.queryForList("select * from audit.erasures").toString())
        .doesNotContain("user-456");
    assertThat(jdbc.queryForList("select * from audit.erasure_chains")).isEmpty();
  }

  @Test
  void countsInADryRunWhatItWouldErase() throws Exception {
    logThreeDays();
    List<String> before = lines();

    DryRuns.DryRun chains = dryRuns().of(asked(Map.of("owner_id", "user-456"), true));
    DryRuns.DryRun records = dryRuns().of(asked(Map.of("owner_id", "user-456"), false));

    assertThat(chains.records()).isEqualTo(6);
    assertThat(chains.files()).isEqualTo(3);
    assertThat(chains.chains()).isEqualTo(3);
    assertThat(records.records()).isEqualTo(3);
    assertThat(records.bytes()).isBetween(500L, chains.bytes() - 500);
    assertThat(lines()).isEqualTo(before);
    assertThat(published.events).isEmpty();
    assertThat(erase(Map.of("owner_id", "user-456"), true).outcome())
        .extracting(outcome -> outcome == null ? -1 : outcome.bytes())
        .isEqualTo(chains.bytes());
  }

  @Test
  void carriesOutOneAfterTheOtherInTheBackground() throws Exception {
    logThreeDays();
    ErasureRunner runner = new ErasureRunner(store, work());
    runner.start();
    try {
      Erasure first = request(Map.of("owner_id", "user-456"), false);
      Erasure second = request(Map.of("owner_id", "user-789"), false);
      runner.wake();

      await()
          .until(
              () -> store.latest(10).stream().allMatch(e -> e.state().text().equals("completed")));
      assertThat(outcome(store.find(first.id()).orElseThrow()).records()).isEqualTo(3);
      assertThat(outcome(store.find(second.id()).orElseThrow()).records()).isEqualTo(3);
      assertThat(store.latest(1)).extracting(Erasure::id).containsExactly(second.id());
    } finally {
      runner.stop();
    }
  }

  @Test
  void saysWhyItDoesNotContinueAndContinuesWhenItCan() throws Exception {
    logThreeDays();
    Path inTheWay = Files.createDirectory(path.resolve(SECOND_DAY + ".new"));
    ErasureRunner runner = new ErasureRunner(store, work());
    runner.start();
    try {
      Erasure erasure = request(Map.of("owner_id", "user-456"), false);
      runner.wake();
      await().until(() -> store.find(erasure.id()).orElseThrow().failure() != null);
      assertThat(store.find(erasure.id()).orElseThrow().failure()).contains(SECOND_DAY);
      Files.deleteIfExists(inTheWay);

      await()
          .untilAsserted(
              () ->
                  assertThat(store.find(erasure.id()).orElseThrow())
                      .satisfies(
                          found -> {
                            assertThat(found.state()).isEqualTo(ErasureState.COMPLETED);
                            assertThat(found.failure()).isNull();
                          }));
      assertThat(payloads()).doesNotContain("user-456");
    } finally {
      runner.stop();
    }
  }

  /** Logs two records of one subject and two of another on each of three days. */
  private void logThreeDays() {
    for (int day = 0; day < 3; day++) {
      if (day > 0) {
        clock.tick(Duration.ofDays(1));
      }
      accept(
          event("a" + day, "c-" + day, "{\"owner_id\":\"user-456\"}"),
          event("b" + day, "d-" + day, "{\"owner_id\":\"user-789\"}"));
      accept(
          event("d" + day, "d-" + day, "{\"mail\":\"her@example.org\"}"),
          event("c" + day, "c-" + day, "{\"mail\":\"him@example.org\"}"));
    }
  }

  private static String owner(int i) {
    return "{\"owner_id\":\"user-" + i % 20 + "\"}";
  }

  private ReceivedRecord event(String id, @Nullable String correlation, String data) {
    String body =
        """
        {"event_id":"%s","event_type":"a.done","occurred_at":"2025-01-15T10:00:00Z","data":%s,\
        "metadata":{"correlation_id":%s,"source":"test"}}"""
            .formatted(id, data, correlation == null ? null : '"' + correlation + '"');
    return record(
        Records.TASK_EVENTS,
        nextOffset++,
        utf8("task-1"),
        utf8(body),
        headers("event_id", id, "event_type", "a.done"));
  }

  private void accept(ReceivedRecord... records) {
    log.accept(batch(records));
  }

  private Erasure erase(Map<String, String> subject, boolean wholeChains) throws IOException {
    Erasure requested = request(subject, wholeChains);
    work().carryOut(requested, () -> true);
    return store.find(requested.id()).orElseThrow();
  }

  private Erasure request(Map<String, String> subject, boolean wholeChains) {
    return store.request(asked(subject, wholeChains), "alice", new CorrelationId("req-1"));
  }

  private static ErasureRequest asked(Map<String, String> subject, boolean wholeChains) {
    return new ErasureRequest(new Subject(subject), "asked for it", wholeChains, false);
  }

  private DryRuns dryRuns() {
    return new DryRuns(directory, log, removed);
  }

  private ErasureWork work() {
    return new ErasureWork(directory, log, removed, index, store);
  }

  private static Erasure.Outcome outcome(Erasure erasure) {
    return Objects.requireNonNull(erasure.outcome());
  }

  private void reopen() throws IOException {
    indexer.stop();
    log.close();
    directory.close();
    open();
  }

  private void compress(String file) throws IOException {
    Path plain = path.resolve(file);
    try (FileChannel channel =
            FileChannel.open(
                path.resolve(file + LogFiles.COMPRESSED),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        CompressedWriter writer = new CompressedWriter(channel)) {
      byte[] text = Files.readAllBytes(plain);
      writer.write(text, 0, text.length);
      writer.finish();
    }
    Files.delete(plain);
  }

  private List<String> lines() throws IOException {
    return lines(path);
  }

  private static List<String> lines(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    LogFiles files = new LogFiles(path);
    for (String file : files.names()) {
      try (LogReader reader = new LogReader(files, new LogPlace(file, 0))) {
        for (LogLine line = reader.next(Long.MAX_VALUE);
            line != null;
            line = reader.next(Long.MAX_VALUE)) {
          lines.add(new String(line.text(), StandardCharsets.UTF_8));
        }
      }
    }
    return lines;
  }

  private String payloads() throws IOException {
    return String.join("\n", lines());
  }

  private List<Integer> erased() throws IOException {
    return lines().stream()
        .filter(line -> line.contains("\"erased\":"))
        .map(ErasureTests::offset)
        .toList();
  }

  private List<Integer> offsets() throws IOException {
    return lines().stream().map(ErasureTests::offset).toList();
  }

  private static List<Integer> range(long end) {
    return IntStream.range(0, (int) end).boxed().toList();
  }

  private static Integer offset(String line) {
    return Integer.valueOf(line.replaceFirst(".*?\"offset\":(\\d+).*", "$1"));
  }

  private void awaitRows(long count) {
    await()
        .until(
            () ->
                Objects.equals(
                    jdbc.queryForObject("select count(*) from audit.records", Long.class), count));
  }

  private String columns() {
    return rows().toString();
  }

  private List<Map<String, @Nullable Object>> rows() {
    return jdbc.queryForList(
        """
        select "offset", file, position, length, payload, event_id, event_type, source, record_key,
          headers, correlation_id, causation_id, occurred_at, metadata, data, mismatches,
          terms::text
        from audit.records order by "offset"
        """);
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The events that the outbox of an application would get. */
  private static final class Published implements EventPublisher<ErasureEvent> {

    private final List<Event<?>> events = new CopyOnWriteArrayList<>();

    @Override
    public <P extends ErasureEvent> Event<P> publish(P payload, Cause cause) {
      Event<P> event =
          new Event<>(
              UUID.randomUUID().toString(),
              "erasure.told",
              Instant.EPOCH,
              payload,
              new EventMetadata(cause.correlationId(), cause.causationId(), "audit-agent"));
      events.add(event);
      return event;
    }
  }
}
