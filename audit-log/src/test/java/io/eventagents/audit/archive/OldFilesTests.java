package io.eventagents.audit.archive;

import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.LogWitness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OldFilesTests {

  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  private static final String SECOND_DAY = "audit-2025-01-16.jsonl";
  private static final String THIRD_DAY = "audit-2025-01-17.jsonl";

  @TempDir Path path;

  private final TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
  private LogDirectory directory;
  private AuditLog log;

  @BeforeEach
  void open() {
    directory = LogDirectory.open(path);
    log = AuditLog.open(directory, clock, LogMeter.NONE, GapReasons.UNTOLD, LogWitness.NONE, null);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    directory.close();
  }

  @Test
  void areCompressedADayAfterTheirEnd() throws Exception {
    logThreeDays();
    List<String> before = lines();
    clock.tick(Duration.ofHours(11).plusMinutes(59));
    archive().round();
    // The second day ended less than a day ago.
    assertThat(names()).containsExactly(FIRST_DAY + ".zst", SECOND_DAY, THIRD_DAY);

    clock.tick(Duration.ofMinutes(1));
    archive().round();

    assertThat(names()).containsExactly(FIRST_DAY + ".zst", SECOND_DAY + ".zst", THIRD_DAY);
    assertThat(lines()).isEqualTo(before).hasSize(3);
  }

  /** They are named after days that are long to come, and end when the next one begins. */
  @Test
  void areCompressedThoughTheClockWasOnceFarAhead() throws Exception {
    log.accept(batch(record(0, "{}")));
    clock.tick(Duration.ofDays(2000));
    log.accept(batch(record(1, "{}")));
    clock.tick(Duration.ofDays(-2000));
    for (int day = 0; day < 3; day++) {
      log.accept(batch(record(2 + day, "{}")));
      clock.tick(Duration.ofDays(1));
    }
    clock.tick(Duration.ofMinutes(-1));
    archive().round();
    assertThat(names()).contains("audit-2030-07-09.jsonl.zst", "audit-2030-07-10.jsonl");

    clock.tick(Duration.ofMinutes(1));
    archive().round();

    assertThat(names())
        .containsExactly(
            FIRST_DAY + ".zst",
            "audit-2030-07-08.jsonl.zst",
            "audit-2030-07-09.jsonl.zst",
            "audit-2030-07-10.jsonl.zst",
            "audit-2030-07-11.jsonl");
  }

  @Test
  void keepTheNewestAmongThemAsItIsHoweverOldItIs() throws Exception {
    logThreeDays();
    clock.tick(Duration.ofDays(100));

    archive().round();

    assertThat(names()).containsExactly(FIRST_DAY + ".zst", SECOND_DAY + ".zst", THIRD_DAY);
  }

  @Test
  void leaveTheLogAbleToGoOn() throws Exception {
    logThreeDays();
    clock.tick(Duration.ofDays(2));
    archive().round();
    reopen();

    log.accept(batch(record(2, "{\"n\":2}"), record(3, "{\"n\":3}")));

    assertThat(lines()).hasSize(4);
    assertThat(log.nextOffset("task-events", Records.TASK_EVENTS, 0)).hasValue(4);
  }

  @Test
  void giveThePositionsWhereTheyHaveToBeReadAgain() throws Exception {
    logThreeDays();
    clock.tick(Duration.ofDays(2));
    archive().round();
    log.close();
    directory.close();
    Files.delete(path.resolve("positions.json"));
    directory = LogDirectory.open(path);

    log = AuditLog.open(directory, clock, LogMeter.NONE, GapReasons.UNTOLD, LogWitness.NONE, null);

    assertThat(log.nextOffset("task-events", Records.TASK_EVENTS, 0)).hasValue(3);
  }

  @Test
  void areWholeWhereverACrashStoppedTheCompression(CapturedOutput output) throws Exception {
    logThreeDays();
    clock.tick(Duration.ofDays(2));
    Files.copy(path.resolve(FIRST_DAY), path.resolve("original"));
    List<String> before = lines();
    archive().round();
    // Before the original was removed; and another file half written.
    Files.move(path.resolve("original"), path.resolve(FIRST_DAY));
    Files.writeString(path.resolve(SECOND_DAY + ".zst.new"), "half");
    assertThat(lines()).isEqualTo(before);

    reopen();
    assertThat(path.resolve(SECOND_DAY + ".zst.new")).doesNotExist();
    assertThat(output).contains("A crash left " + path.resolve(SECOND_DAY + ".zst.new"));
    archive().round();

    assertThat(names()).containsExactly(FIRST_DAY + ".zst", SECOND_DAY + ".zst", THIRD_DAY);
    assertThat(lines()).isEqualTo(before);
  }

  @Test
  void areNotChangedWhereTwoOfOneDayDiffer(CapturedOutput output) throws Exception {
    logThreeDays();
    clock.tick(Duration.ofDays(2));
    archive().round();
    Files.copy(path.resolve(THIRD_DAY), path.resolve(FIRST_DAY));
    byte[] compressed = Files.readAllBytes(path.resolve(FIRST_DAY + ".zst"));
    OldFiles archive = archive();

    archive.round();
    archive.round();

    assertThat(path.resolve(FIRST_DAY + ".zst")).hasBinaryContent(compressed);
    assertThat(path.resolve(FIRST_DAY)).hasSameBinaryContentAs(path.resolve(THIRD_DAY));
    assertThat(output.toString()).containsOnlyOnce("are of the same day and differ");
  }

  @Test
  void areTriedAgainAndComplainedAboutOnce(CapturedOutput output) throws Exception {
    logThreeDays();
    clock.tick(Duration.ofDays(2));
    Path inTheWay = Files.createDirectory(path.resolve(FIRST_DAY + ".zst.new"));
    Files.writeString(inTheWay.resolve("x"), "");
    OldFiles archive = archive();
    archive.round();
    archive.round();
    assertThat(names()).contains(FIRST_DAY);
    assertThat(output.toString()).containsOnlyOnce("cannot be compressed; it stays as it is");
    Files.delete(inTheWay.resolve("x"));
    Files.delete(inTheWay);

    archive.round();

    assertThat(names()).containsExactly(FIRST_DAY + ".zst", SECOND_DAY + ".zst", THIRD_DAY);
    assertThat(output).contains("are compressed again");
  }

  @Test
  void areReadOnByWhoReadsThemMeanwhile() throws Exception {
    logThreeDays();
    clock.tick(Duration.ofDays(2));
    try (LogReader reader = new LogReader(directory, new LogPlace(FIRST_DAY, 0))) {
      archive().round();

      assertThat(path.resolve(FIRST_DAY)).doesNotExist();
      assertThat(reader.next(Long.MAX_VALUE)).isNotNull();
    }
  }

  private OldFiles archive() {
    return new OldFiles(directory, Duration.ofDays(1), null, null, clock);
  }

  private void logThreeDays() {
    for (int day = 0; day < 3; day++) {
      if (day > 0) {
        clock.tick(Duration.ofDays(1));
      }
      log.accept(batch(record(day, "{\"n\":" + day + "}")));
    }
  }

  private void reopen() throws IOException {
    close();
    open();
  }

  private List<String> names() throws IOException {
    try (var entries = Files.list(path)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("audit-") && name.contains(".jsonl"))
          .sorted()
          .toList();
    }
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : directory.files()) {
      try (LogReader reader = new LogReader(directory, new LogPlace(file, 0))) {
        for (LogLine line = reader.next(Long.MAX_VALUE);
            line != null;
            line = reader.next(Long.MAX_VALUE)) {
          lines.add(line.start() + " " + new String(line.text(), StandardCharsets.UTF_8));
        }
      }
    }
    return lines;
  }
}
