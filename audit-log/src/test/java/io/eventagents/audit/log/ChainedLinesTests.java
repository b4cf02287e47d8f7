package io.eventagents.audit.log;

import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.log.OpenLog.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ChainedLinesTests {

  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  private static final String SECOND_DAY = "audit-2025-01-16.jsonl";

  @TempDir Path path;

  private final TickingClock clock = new TickingClock("2025-01-15T23:59:59Z");

  @Test
  void chainsEveryLineToTheOneBefore() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(
          record(0, "{\"a\":1}"),
          record(1, "not json"),
          record(2, (byte[]) null),
          record(3, "{\n}"),
          record(
              Records.TASK_EVENTS,
              4,
              utf8(",\"event\":"),
              utf8("{\"x\":\",\\\"chain\\\":\"}"),
              Records.headers("\",\"raw\":", ",\"payload_digest\":")));
      open.accept(record(5, "{}"));
    }

    assertChained(lines(path, FIRST_DAY));
  }

  @Test
  void chainsALargeBatchInItsOrder() throws Exception {
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 0; i < 3001; i++) {
      // A gap far behind the first lines that are handed over together.
      records.add(record(i < 2222 ? i : i + 5, "{\"n\":" + i + "}"));
    }
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(records.toArray(ReceivedRecord[]::new));
      open.accept(record(4000, "{}"));
    }

    List<String> lines = lines(path, FIRST_DAY);
    assertChained(lines);
    assertThat(lines).hasSize(3002);
    for (int i = 0; i < 3001; i++) {
      assertThat(lines.get(i)).contains("\"event\":{\"n\":" + i + "}");
    }
    assertThat(lines.get(2222)).contains(",\"gap\":{\"from\":2222,\"to\":2226,");
    assertThat(lines.subList(0, 3001).stream().filter(line -> line.contains(",\"gap\":")))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void leavesNothingOfALargeBatchOfWhichALaterRecordCannotBeFormatted(
      Class<? extends Throwable> failure) throws Exception {
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      records.add(record(i, "{}"));
    }
    List<ReceivedRecord> spoiled = new ArrayList<>(records);
    RecordHeaders headers = new RecordHeaders();
    headers.add(
        new RecordHeader("x", new byte[0]) {
          @Override
          public byte[] value() {
            if (failure == OutOfMemoryError.class) {
              throw new OutOfMemoryError("cannot be read");
            }
            throw new IllegalStateException("cannot be read");
          }
        });
    spoiled.set(1500, record(Records.TASK_EVENTS, 1500, null, utf8("{}"), headers));
    try (OpenLog open = OpenLog.in(path, clock)) {
      assertThatExceptionOfType(failure)
          .isThrownBy(() -> open.accept(spoiled.toArray(ReceivedRecord[]::new)))
          .withMessage("cannot be read");
      assertThat(path.resolve(FIRST_DAY)).isEmptyFile();

      open.accept(records.toArray(ReceivedRecord[]::new));
    }

    assertThat(lines(path, FIRST_DAY)).hasSize(2000);
    assertChained(lines(path, FIRST_DAY));
  }

  @Test
  void goesOnOverFilesAndStarts() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
      clock.tick(Duration.ofSeconds(1));
      open.accept(record(1, "{}"));
    }
    OpenLog crashing = OpenLog.in(path, clock);
    crashing.accept(record(2, "{}"));
    crashing.crash();
    try (OpenLog again = OpenLog.in(path, clock)) {
      again.accept(record(3, "{}"));
      assertThat(again.log().head())
          .extracting(LogHead::lines, head -> head.end().file())
          .containsExactly(4L, SECOND_DAY);
    }

    List<String> lines = new ArrayList<>(lines(path, FIRST_DAY));
    lines.addAll(lines(path, SECOND_DAY));
    assertThat(lines).hasSize(4);
    assertChained(lines);
  }

  @Test
  void goesOnFromTheLastLineThatIsOnDisk() throws Exception {
    FullDisk disk = new FullDisk();
    try (OpenLog open = OpenLog.in(path, clock, disk)) {
      disk.room = 100;
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(0, "{}")));
      assertThat(open.log().head()).isNull();
      disk.room = Long.MAX_VALUE;
      open.accept(record(0, "{}"));
      disk.room = 500;
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(1, "{}"), record(2, "{}")));

      disk.room = Long.MAX_VALUE;
      open.accept(record(1, "{}"), record(2, "{}"));
    }

    assertChained(lines(path, FIRST_DAY));
  }

  @Test
  void takesLinesWithoutAChainIntoThatOfTheFirstLineWithOne() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"), record(1, "{}"));
    }
    String before = Files.readString(path.resolve(FIRST_DAY));
    Files.writeString(
        path.resolve(FIRST_DAY), before.replaceAll(",\"chain\":\"[0-9a-f]{64}\"", ""));
    Files.delete(path.resolve(PositionsFile.NAME));

    try (OpenLog again = OpenLog.in(path, clock)) {
      again.accept(record(2, "{}"));
      assertThat(again.log().head()).extracting(LogHead::lines).isEqualTo(3L);
    }
    List<String> lines = new ArrayList<>(before.lines().toList());
    lines.add(lines(path, FIRST_DAY).get(2));
    assertChained(lines);
  }

  @Test
  void takesThePositionsOverThatAnEarlierVersionKept(CapturedOutput output) throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
    }
    Files.writeString(
        path.resolve(PositionsFile.NAME),
        """
        {"v":1,"file":"audit-2025-01-15.jsonl","last_line":0,"position":1,"last_line_sha256":"",
         "partitions":[{"topic":"moved-events","topic_id":"%s","partition":3,"next_offset":42}]}
        """
            .formatted(Records.TASK_EVENTS));

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(output).contains("positions.json is of an earlier version");
      assertThat(again.log().nextOffset("moved-events", Records.TASK_EVENTS, 3)).hasValue(42);
      assertThat(again.log().nextOffset("task-events", Records.TASK_EVENTS, 0)).hasValue(1);
      again.accept(record(1, "{}"));
    }
    assertChained(lines(path, FIRST_DAY));
  }

  @Test
  void goesOnFromTheLastLineOfTheChainWhereSomethingElseFollows() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
    }
    Files.writeString(
        path.resolve(FIRST_DAY),
        "edited by hand\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);

    try (OpenLog again = OpenLog.in(path, clock)) {
      again.accept(record(1, "{}"));
      assertThat(again.log().head()).extracting(LogHead::lines).isEqualTo(3L);
    }
    List<String> lines = lines(path, FIRST_DAY);
    assertChained(List.of(lines.get(0), lines.get(2)));
  }

  @Test
  void saysInTheLineWhichOffsetsAreMissingBeforeIt() throws Exception {
    Map<Long, GapReason> asked = Map.of(0L, GapReason.RETENTION, 6L, GapReason.TRANSACTIONS);
    List<Gap> told = new ArrayList<>();
    try (OpenLog open = open(gaps -> reasons(gaps, asked, told))) {
      open.accept(record(5, "{}"), record(7, "{}"));
      open.accept(record(8, "{}"));
      open.accept(record(10, "{}"));
    }

    List<String> lines = lines(path, FIRST_DAY);
    assertThat(lines.get(0)).contains("},\"gap\":{\"from\":0,\"to\":4,\"because\":\"retention\"},");
    assertThat(lines.get(1))
        .contains("},\"gap\":{\"from\":6,\"to\":6,\"because\":\"transactions\"},");
    assertThat(lines.get(2)).doesNotContain("\"gap\"");
    assertThat(lines.get(3)).contains("},\"gap\":{\"from\":9,\"to\":9,\"because\":\"unknown\"},");
    assertThat(told).extracting(Gap::from).containsExactlyInAnyOrder(0L, 6L, 9L);
    assertChained(lines);
  }

  @Test
  void saysInTheLineWhatWasSkipped() throws Exception {
    List<Gap> told = new ArrayList<>();
    try (OpenLog open = open(gaps -> reasons(gaps, Map.of(), told))) {
      open.accept(record(0, "{}"));
      open.log().skipped("task-events", Records.TASK_EVENTS, 0, 2, 4);
      open.accept(record(1, "{}"), record(5, "{}"));
      open.accept(record(7, "{}"));
    }

    List<String> lines = lines(path, FIRST_DAY);
    assertThat(lines.get(1)).doesNotContain("\"gap\"");
    assertThat(lines.get(2)).contains("},\"gap\":{\"from\":2,\"to\":4,\"because\":\"skipped\"},");
    assertThat(lines.get(3)).contains("},\"gap\":{\"from\":6,\"to\":6,\"because\":\"unknown\"},");
    assertThat(told).extracting(Gap::from).containsExactly(6L);
    assertChained(lines);
  }

  @Test
  void countsWhatTheBrokerDeletedAndComplainsAboutIt(CapturedOutput output) throws Exception {
    AtomicLong lost = new AtomicLong();
    LogMeter meter =
        new LogMeter() {
          @Override
          public void written(int records, long bytes) {}

          @Override
          public void lost(long offsets) {
            lost.addAndGet(offsets);
          }
        };
    LogDirectory directory = LogDirectory.open(path);
    try (directory;
        AuditLog log =
            AuditLog.open(
                directory,
                clock,
                meter,
                gaps ->
                    gaps.stream().collect(Collectors.toMap(gap -> gap, gap -> GapReason.RETENTION)),
                LogWitness.NONE,
                null)) {
      log.accept(Records.batch(record(5, "{}")));
    }

    assertThat(lost).hasValue(5);
    assertThat(output).contains("deleted offsets 0 to 4 of task-events-0 before the audit log");
  }

  @Test
  void asksForNoReasonsWhereNothingIsMissing() throws Exception {
    List<Gap> told = new ArrayList<>();
    try (OpenLog open = open(gaps -> reasons(gaps, Map.of(), told))) {
      open.accept(record(0, "{}"), record(1, "{}"));
      open.accept(record(1, "{}"), record(2, "{}"));
    }

    assertThat(told).isEmpty();
  }

  @Test
  void showsTheWitnessEachFileBeforeTheNextBegins() throws Exception {
    List<String> seen = new ArrayList<>();
    LogWitness witness =
        new LogWitness() {
          @Override
          public void fileEnds(LogHead at) throws IOException {
            assertThat(path.resolve(SECOND_DAY)).doesNotExist();
            seen.add(at.end().file() + " " + at.lines());
            if (seen.size() == 1) {
              throw new IOException("No space left on device");
            }
          }

          @Override
          public void logCloses(LogHead at) {
            seen.add("closed " + at.lines());
          }

          @Override
          public long witnessed(String file) {
            return 0;
          }
        };
    LogDirectory directory = LogDirectory.open(path);
    try (directory;
        AuditLog log =
            AuditLog.open(directory, clock, LogMeter.NONE, GapReasons.UNTOLD, witness, null)) {
      log.accept(Records.batch(record(0, "{}")));
      clock.tick(Duration.ofSeconds(1));
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> log.accept(Records.batch(record(1, "{}"))));
      log.accept(Records.batch(record(1, "{}")));
    }

    assertThat(seen).containsExactly(FIRST_DAY + " 1", FIRST_DAY + " 1", "closed 2");
  }

  private static Map<Gap, GapReason> reasons(
      Collection<Gap> gaps, Map<Long, GapReason> byStart, List<Gap> told) {
    told.addAll(gaps);
    return gaps.stream()
        .filter(gap -> byStart.containsKey(gap.from()))
        .collect(Collectors.toMap(gap -> gap, gap -> byStart.get(gap.from())));
  }

  private OpenLog open(GapReasons reasons) {
    LogDirectory directory = LogDirectory.open(path);
    return new OpenLog(
        directory, AuditLog.open(directory, clock, LogMeter.NONE, reasons, LogWitness.NONE, null));
  }

  private void assertChained(List<String> lines) throws Exception {
    UUID id = UUID.fromString(Files.readString(path.resolve("log.id")).strip());
    assertThat(ExpectedChain.stated(lines))
        .isNotEmpty()
        .isEqualTo(ExpectedChain.of(ExpectedChain.start(id), lines));
  }
}
