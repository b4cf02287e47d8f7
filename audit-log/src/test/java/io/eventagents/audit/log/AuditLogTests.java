package io.eventagents.audit.log;

import static io.eventagents.audit.Records.TASK_EVENTS;
import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.log.OpenLog.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.audit.TickingClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AuditLogTests {

  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  private static final String SECOND_DAY = "audit-2025-01-16.jsonl";

  @TempDir Path path;

  private final TickingClock clock = new TickingClock("2025-01-15T23:59:59Z");

  @Test
  void writesOneLinePerRecord() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{\"n\":0}"), record(1, "{\"n\":1}"));
      open.accept(record(2, "{\"n\":2}"));
    }

    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1, 2);
  }

  @Test
  void logsEachRecordOnceHoweverOftenItComes() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(5, "{}"), record(6, "{}"));
      open.accept(record(5, "{}"), record(6, "{}"), record(6, "{}"), record(7, "{}"));
      open.accept(record(7, "{}"));
    }

    assertThat(offsets(FIRST_DAY)).containsExactly(5, 6, 7);
  }

  @Test
  void goesOnAfterItsOwnLastOffset() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      assertThat(position(open)).isEmpty();
      open.accept(record(5, "{}"), record(9, "{}"));
      assertThat(position(open)).hasValue(10);
    }

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(position(again)).hasValue(10);
    }
  }

  @Test
  void goesOnAfterItsOwnLastOffsetWhereNothingWasPutInOrder() throws Exception {
    OpenLog open = OpenLog.in(path, clock);
    open.accept(record(5, "{}"));
    open.crash();

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(position(again)).hasValue(6);
    }
  }

  @Test
  void readsOnlyTheEndOfTheLogAtTheStart() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"), record(1, "{}"));
    }
    // A line before the kept positions that no longer is one would be complained about if it were
    // read.
    byte[] bytes = Files.readAllBytes(path.resolve(FIRST_DAY));
    bytes[0] = 'x';
    Files.write(path.resolve(FIRST_DAY), bytes);
    OpenLog crashing = OpenLog.in(path, clock);
    crashing.accept(record(2, "{}"));
    crashing.crash();

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(position(again)).hasValue(3);
    }
  }

  @Test
  void readsAllOfTheLogWhereThePositionsDoNotFitIt(CapturedOutput output) throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
      open.accept(record(1, "{}"));
    }
    List<String> lines = lines(path, FIRST_DAY);
    Files.writeString(path.resolve(FIRST_DAY), lines.getFirst() + "\n");

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(position(again)).hasValue(1);
      assertThat(output).contains("positions.json does not fit the log");
      again.accept(record(0, "{}"), record(1, "{}"));
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1);
  }

  @Test
  void readsAllOfTheLogWhereThePositionsAreBroken() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
    }
    Files.writeString(path.resolve(PositionsFile.NAME), "{\"v\":1,");

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(position(again)).hasValue(1);
    }
  }

  @Test
  void takesATopicThatWasMadeAgainForAnotherOne() throws Exception {
    Uuid again = Uuid.randomUuid();

    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"), record(1, "{}"));
      assertThat(open.log().nextOffset("task-events", again, 0)).isEmpty();
      open.accept(record(again, 0, null, null, new RecordHeaders()));
      assertThat(open.log().nextOffset("task-events", again, 0)).hasValue(1);
      assertThat(position(open)).hasValue(2);
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1, 0);
  }

  @Test
  void startsAFileEveryDay() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
      clock.tick(Duration.ofSeconds(1));
      open.accept(record(1, "{}"));
    }

    assertThat(offsets(FIRST_DAY)).containsExactly(0);
    assertThat(offsets(SECOND_DAY)).containsExactly(1);
    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(position(again)).hasValue(2);
    }
  }

  @Test
  void makesNoFileWhereThereIsNothingToLog() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
      clock.tick(Duration.ofDays(1));
      open.accept(record(0, "{}"));
      assertThat(open.directory().files()).containsExactly(FIRST_DAY);
    }
  }

  @Test
  void goesOnInTheNewestFileWhenTheClockStepsBack(CapturedOutput output) throws Exception {
    clock.tick(Duration.ofSeconds(1));
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
      clock.tick(Duration.ofMinutes(-10));
      open.accept(record(1, "{}"));
    }
    try (OpenLog again = OpenLog.in(path, clock)) {
      again.accept(record(2, "{}"));
    }

    assertThat(offsets(SECOND_DAY)).containsExactly(0, 1, 2);
    assertThat(lines(path, SECOND_DAY).get(1))
        .contains("\"logged_at\":\"2025-01-15T23:50:00.000000Z\"");
    assertThat(path.resolve(FIRST_DAY)).doesNotExist();
    assertThat(output).contains("The clock says 2025-01-15, before audit-2025-01-16.jsonl");
  }

  @Test
  void startsAFileEveryDayAgainWhenTheClockWasOnceFarAhead() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
      clock.tick(Duration.ofDays(2000));
      open.accept(record(1, "{}"));
      clock.tick(Duration.ofDays(-2000));
      open.accept(record(2, "{}"), record(3, "{}"));
      clock.tick(Duration.ofDays(1));
      open.accept(record(4, "{}"));
    }
    try (OpenLog again = OpenLog.in(path, clock)) {
      again.accept(record(5, "{}"));
      clock.tick(Duration.ofDays(2));
      again.accept(record(6, "{}"));
    }

    assertThat(offsets(FIRST_DAY)).containsExactly(0);
    assertThat(offsets("audit-2030-07-08.jsonl")).containsExactly(1);
    assertThat(offsets("audit-2030-07-09.jsonl")).containsExactly(2, 3);
    assertThat(offsets("audit-2030-07-10.jsonl")).containsExactly(4, 5);
    assertThat(offsets("audit-2030-07-11.jsonl")).containsExactly(6);
  }

  @Test
  void removesWhatACrashLeftOfALine(CapturedOutput output) throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
    }
    append("{\"v\":1,\"logged_at\":\"2025-01-15T23:5");

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(output).contains("left 35 bytes behind audit-2025-01-15.jsonl at byte ");
      again.accept(record(1, "{}"));
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1);
  }

  @Test
  void removesABatchOfWhichAPowerCutKeptAPageFromTheDisk() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
    }
    String whole =
        Files.readString(path.resolve(FIRST_DAY)).replace("\"offset\":0", "\"offset\":2");
    append("{\"v\":1,\"logged_at\":" + "\0".repeat(4096) + "}}\n" + whole);

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(position(again)).hasValue(1);
      again.accept(record(1, "{}"), record(2, "{}"));
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1, 2);
  }

  @Test
  void leavesABrokenLineThatIsNotOfACrash(CapturedOutput output) throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
    }
    append("edited by hand\n");

    try (OpenLog again = OpenLog.in(path, clock)) {
      again.accept(record(1, "{}"));
    }
    assertThat(lines(path, FIRST_DAY)).hasSize(3).element(1).isEqualTo("edited by hand");
    assertThat(output).contains("is not one of the audit log and is left as it is");
  }

  @Test
  void hasOneWriter() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      assertThat(open.log().path()).isEqualTo(path);

      assertThatExceptionOfType(LogDirectoryUnusable.class)
          .isThrownBy(() -> OpenLog.in(path, clock))
          .withMessageContaining(path + " is being written by another audit agent, process ")
          .satisfies(e -> assertThat(e.action()).contains("audit.directory"));
    }
    OpenLog.in(path, clock).close();
  }

  @Test
  void keepsItsIdentity() throws Exception {
    UUID id;
    try (OpenLog open = OpenLog.in(path, clock)) {
      id = open.directory().id();
    }

    try (OpenLog again = OpenLog.in(path, clock)) {
      assertThat(again.directory().id()).isEqualTo(id);
    }
  }

  @Test
  void saysWhichDirectoryItCannotUse() throws Exception {
    Path file = Files.writeString(path.resolve("file"), "");

    assertThatExceptionOfType(LogDirectoryUnusable.class)
        .isThrownBy(() -> OpenLog.in(file.resolve("log"), clock))
        .withMessageContaining(file.resolve("log") + " cannot be opened");
  }

  @Test
  void leavesNothingOfABatchThatTheDiskHasNoRoomForAndGoesOnWhenItHas() throws Exception {
    FullDisk disk = new FullDisk();
    try (OpenLog open = OpenLog.in(path, clock, disk)) {
      open.accept(record(0, "{}"));
      String before = Files.readString(path.resolve(FIRST_DAY));
      disk.room = 500;

      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(1, "{}"), record(2, "{}"), record(3, "{}")))
          .withMessageContaining(path.toString())
          .withMessageContaining("No space left on device");
      assertThat(Files.readString(path.resolve(FIRST_DAY))).isEqualTo(before);
      assertThat(position(open)).hasValue(1);

      disk.room = Long.MAX_VALUE;
      open.accept(record(1, "{}"), record(2, "{}"), record(3, "{}"));
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void leavesNothingOfALargeBatchOfWhichPartsWereWritten() throws Exception {
    FullDisk disk = new FullDisk();
    String large = "{\"a\":\"" + "x".repeat(700_000) + "\"}";
    try (OpenLog open = OpenLog.in(path, clock, disk)) {
      disk.room = 2_500_000;

      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(
              () ->
                  open.accept(
                      record(0, large), record(1, large), record(2, large), record(3, large)));
      assertThat(path.resolve(FIRST_DAY)).hasSize(0);

      disk.room = Long.MAX_VALUE;
      open.accept(record(0, large), record(1, large), record(2, large), record(3, large));
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void removesWhatIsLeftOfABatchAsSoonAsTheDiskAllows() throws Exception {
    FullDisk disk = new FullDisk();
    try (OpenLog open = OpenLog.in(path, clock, disk)) {
      open.accept(record(0, "{}"));
      disk.failsToForce = true;
      disk.failsToTruncate = true;
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(1, "{\"a\":1}")));
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(1, "{\"a\":1}")));

      disk.failsToForce = false;
      disk.failsToTruncate = false;
      open.accept(record(1, "{}"));
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1);
  }

  @Test
  void removesWhatAFailedBatchLeftThoughTheNextGoesToAnotherFile() throws Exception {
    FullDisk disk = new FullDisk();
    try (OpenLog open = OpenLog.in(path, clock, disk)) {
      open.accept(record(0, "{}"));
      disk.failsToForce = true;
      disk.failsToTruncate = true;
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(1, "{\"a\":1}")));

      disk.failsToForce = false;
      disk.failsToTruncate = false;
      clock.tick(Duration.ofDays(1));
      open.accept(record(1, "{}"));
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0);
    assertThat(offsets(SECOND_DAY)).containsExactly(1);
  }

  @Test
  void survivesAnInterruption() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(1, "{}")));
      assertThat(Thread.interrupted()).isTrue();

      open.accept(record(1, "{}"));
    }
    assertThat(offsets(FIRST_DAY)).containsExactly(0, 1);
  }

  @Test
  void refusesToWriteBehindWhatAnotherProgramWrote() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      open.accept(record(0, "{}"));
      append("something else\n");

      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(1, "{}")))
          .withMessageContaining("another program changed it");
      assertThat(lines(path, FIRST_DAY)).last().isEqualTo("something else");
    }
  }

  @Test
  void refusesToWriteToAFileThatWasMovedAway() throws Exception {
    OpenLog open = OpenLog.in(path, clock);
    open.accept(record(0, "{}"));
    Files.move(path.resolve(FIRST_DAY), path.resolve("elsewhere"));

    assertThatExceptionOfType(DependencyUnavailable.class)
        .isThrownBy(() -> open.accept(record(1, "{}")))
        .withMessageContaining(FIRST_DAY);
    assertThat(open.directory().files()).isEmpty();
    open.crash();
  }

  @Test
  void tellsWhereTheLogEndsOnDisk() throws Exception {
    try (OpenLog open = OpenLog.in(path, clock)) {
      assertThat(open.log().end().get()).isNull();

      open.log().accept(batch(record(0, "{}")));
      assertThat(open.log().end().get())
          .isEqualTo(new LogPlace(FIRST_DAY, Files.size(path.resolve(FIRST_DAY))));
    }
  }

  private static OptionalLong position(OpenLog open) {
    return open.log().nextOffset("task-events", TASK_EVENTS, 0);
  }

  private void append(String text) throws IOException {
    Files.writeString(
        path.resolve(FIRST_DAY), text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
  }

  private List<Integer> offsets(String file) throws IOException {
    return lines(path, file).stream()
        .map(line -> Integer.valueOf(line.replaceFirst(".*?\"offset\":(\\d+).*", "$1")))
        .toList();
  }
}
