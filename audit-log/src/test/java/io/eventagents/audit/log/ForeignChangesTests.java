package io.eventagents.audit.log;

import static io.eventagents.audit.Records.TASK_EVENTS;
import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.log.OpenLog.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.ReceivedRecord;
import io.eventagents.audit.TickingClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What other programs do to the file that is written, and to what is around it. */
@ExtendWith(OutputCaptureExtension.class)
class ForeignChangesTests {

  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  private static final String SECOND_DAY = "audit-2025-01-16.jsonl";

  @TempDir Path temporary;

  private final TickingClock clock = new TickingClock("2025-01-15T23:59:59Z");
  private final FullDisk disk = new FullDisk();

  @Test
  void aCopyInThePlaceOfTheFileIsCompletedAndGoneOnIn(CapturedOutput output) throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{\"n\":0}"));
      Path copy = copy();
      open.accept(record(1, "{\"n\":1}"));
      String written = Files.readString(file());
      LogPlace end = open.log().end().get();
      replaceBy(copy);

      refused(open, record(2, "{}"));
      assertThat(open.log().foreignChange())
          .hasValueSatisfying(
              change -> assertThat(change).contains(FIRST_DAY, "another program changed it"));
      assertThat(open.log().end().get()).isEqualTo(end);
      open.accept(record(2, "{}"));

      assertThat(Files.readString(file())).startsWith(written);
      assertThat(open.log().foreignChange()).isEmpty();
    }
    assertThat(offsets()).containsExactly(0, 1, 2);
    assertThat(output)
        .containsOnlyOnce("ERROR")
        .contains("was replaced by a copy of it; the ")
        .contains(" bytes that this lacked were added as they were");
  }

  /** The batch that was written goes to a file without a name: it counts for nothing. */
  @Test
  void aBatchThatWasWrittenToAFileThatWasReplacedMeanwhileComesAgain() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock, disk)) {
      open.accept(record(0, "{}"));
      Path copy = copy();
      disk.onForce = () -> replaceBy(copy);

      refused(open, record(1, "{}"));
      assertThat(position(open)).hasValue(1);
      open.accept(record(1, "{}"));
    }
    assertThat(offsets()).containsExactly(0, 1);
  }

  /** The copy has half of the batch: it was made between the write and the commit. */
  @Test
  void aCopyThatHasMoreThanWasCommittedIsCutOff() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock, disk)) {
      open.accept(record(0, "{}"));
      disk.onForce = () -> replaceBy(copy());

      refused(open, record(1, "{}"));
      open.accept(record(1, "{}"));
    }
    assertThat(offsets()).containsExactly(0, 1);
  }

  @Test
  void aFileWithOtherLinesIsReadAgainAndWhatItLacksComesAgain(CapturedOutput output)
      throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"), record(1, "{}"), record(2, "{}"));
      Path other = temporary.resolve("other");
      Files.writeString(other, lines(path(), FIRST_DAY).getFirst() + "\nby hand\n");
      replaceBy(other);

      refused(open, record(3, "{}"));
      assertThat(open.log().end().restarts()).isZero();
      assertThatExceptionOfType(DependencyUnavailable.class)
          .isThrownBy(() -> open.accept(record(3, "{}")))
          .withMessageContaining("records that the audit log has lost");
      assertThat(position(open)).hasValue(1);
      assertThat(open.log().end().restarts()).isEqualTo(1);
      open.accept(record(1, "{}"), record(2, "{}"), record(3, "{}"));
      assertThat(open.log().foreignChange()).isEmpty();
    }
    assertThat(lines(path(), FIRST_DAY)).hasSize(5).element(1).isEqualTo("by hand");
    assertThat(lines(path(), FIRST_DAY)).noneMatch(line -> line.contains("\"gap\""));
    assertThat(output).containsOnlyOnce("ERROR").contains("The audit log was read again");
  }

  @Test
  void aFileWithOtherLinesIsReadAgainThoughNoRecordComes() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"), record(1, "{}"), record(2, "{}"));
      assertThat(open.log().losses()).isZero();
      Path other = temporary.resolve("other");
      Files.writeString(other, lines(path(), FIRST_DAY).getFirst() + "\nby hand\n");
      replaceBy(other);
      assertThat(open.log().isAsWritten()).isFalse();

      assertThat(open.log().losses()).isEqualTo(1);
      assertThat(open.log().losses()).isEqualTo(1);
      assertThat(open.log().foreignChange()).isEmpty();
      assertThat(position(open)).hasValue(1);
      open.accept(record(1, "{}"), record(2, "{}"));
    }
    assertThat(lines(path(), FIRST_DAY)).hasSize(4).element(1).isEqualTo("by hand");
    assertThat(lines(path(), FIRST_DAY)).noneMatch(line -> line.contains("\"gap\""));
  }

  @Test
  void nothingIsReadAgainWhileNothingIsThere() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"));
      Files.delete(file());
      assertThat(open.log().isAsWritten()).isFalse();

      assertThat(open.log().losses()).isZero();
      assertThat(open.log().losses()).isZero();
      assertThat(open.log().foreignChange()).isPresent();
    }
  }

  /** Some partition's records may be on their way already: what is before them has no gap. */
  @Test
  void recordsBehindThoseThatAreMissingWaitForThem() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"), record(1, "{}"), record(2, "{}"));
      Files.writeString(file(), lines(path(), FIRST_DAY).getFirst() + "\n");
      refused(open, record(3, "{}"));
      refused(open, record(3, "{}"));

      refused(open, record(3, "{}"));
      open.accept(record(1, "{}"), record(2, "{}"), record(3, "{}"));
    }
    assertThat(offsets()).containsExactly(0, 1, 2, 3);
    assertThat(lines(path(), FIRST_DAY)).noneMatch(line -> line.contains("\"gap\""));
  }

  /** The broker may have them no more; nothing waits for ever. */
  @Test
  void recordsThatDoNotComeAgainAreAGap() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"), record(1, "{}"), record(2, "{}"));
      Files.writeString(file(), lines(path(), FIRST_DAY).getFirst() + "\n");
      refused(open, record(3, "{}"));
      refused(open, record(3, "{}"));
      refused(open, record(3, "{}"));

      open.accept(record(3, "{}"));
    }
    assertThat(lines(path(), FIRST_DAY).getLast()).contains("\"gap\":{\"from\":1,\"to\":2,");
  }

  @Test
  void nothingIsReadBeforeTheFileRests() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"), record(1, "{}"));
      String text = Files.readString(file());
      Files.writeString(file(), text.substring(0, 10));
      refused(open, record(2, "{}"));
      Files.writeString(file(), text.substring(0, 20));
      refused(open, record(2, "{}"));
      assertThat(Files.readString(file())).isEqualTo(text.substring(0, 20));
      Files.writeString(file(), text);

      open.accept(record(2, "{}"));
      assertThat(open.log().end().restarts()).isZero();
    }
    assertThat(offsets()).containsExactly(0, 1, 2);
  }

  @Test
  void aFileThatIsGoneIsWaitedFor() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"));
      Files.move(file(), temporary.resolve("away"));
      for (int i = 0; i < 3; i++) {
        refused(open, record(1, "{}"));
      }
      assertThat(open.log().foreignChange())
          .hasValueSatisfying(change -> assertThat(change).contains(FIRST_DAY + " is gone"));
      Files.move(temporary.resolve("away"), file());

      open.accept(record(1, "{}"));
    }
    assertThat(offsets()).containsExactly(0, 1);
  }

  @Test
  void aDirectoryThatIsGoneIsWaitedForAndMayComeBackAsACopy() throws Exception {
    OpenLog open = OpenLog.in(path(), clock);
    open.accept(record(0, "{}"));
    Path copied = temporary.resolve("copied");
    Files.createDirectory(copied);
    for (String name : List.of("log.id", FIRST_DAY)) {
      Files.copy(path().resolve(name), copied.resolve(name));
    }
    open.accept(record(1, "{}"));
    Files.move(path(), temporary.resolve("away"));
    refused(open, record(2, "{}"));
    refused(open, record(2, "{}"));
    Files.move(copied, path());
    refused(open, record(2, "{}"));

    open.accept(record(2, "{}"));
    assertThat(offsets()).containsExactly(0, 1, 2);
    assertThatExceptionOfType(LogDirectoryUnusable.class)
        .isThrownBy(() -> LogDirectory.open(path()))
        .withMessageContaining("is being written by another audit agent");
    open.close();
  }

  @Test
  void theDirectoryOfAnotherLogIsNotWritten() throws Exception {
    OpenLog open = OpenLog.in(path(), clock);
    open.accept(record(0, "{}"));
    Path other = temporary.resolve("other");
    Files.createDirectory(other);
    Files.copy(file(), other.resolve(FIRST_DAY));
    Files.writeString(other.resolve("log.id"), "0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11\n");
    Files.move(path(), temporary.resolve("away"));
    Files.move(other, path());

    for (int i = 0; i < 3; i++) {
      refused(open, record(1, "{}"));
    }
    assertThat(open.log().foreignChange())
        .hasValueSatisfying(
            change ->
                assertThat(change)
                    .contains("another log now, 0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11"));
    assertThat(offsets()).containsExactly(0);
    open.crash();
  }

  @Test
  void aLockThatAnotherProcessHasTakenStopsTheLog() throws Exception {
    OpenLog open = OpenLog.in(path(), clock);
    open.accept(record(0, "{}"));
    Files.delete(path().resolve("log.lock"));
    LogDirectory second = LogDirectory.open(path());

    refused(open, record(1, "{}"));
    assertThat(open.log().foreignChange())
        .hasValueSatisfying(
            change -> assertThat(change).contains("is being written by another audit agent"));
    second.close();
    open.accept(record(1, "{}"));

    assertThat(offsets()).containsExactly(0, 1);
    open.close();
  }

  /** Its end would be witnessed though it is in no file. */
  @Test
  void aFileThatWasReplacedIsNotWitnessedWhenItsDayEnds() throws Exception {
    List<LogHead> ended = new ArrayList<>();
    LogDirectory directory = LogDirectory.open(path());
    AuditLog log =
        AuditLog.open(
            directory,
            clock,
            LogMeter.NONE,
            GapReasons.UNTOLD,
            new LogWitness() {
              @Override
              public void fileEnds(LogHead at) {
                ended.add(at);
              }

              @Override
              public void logCloses(LogHead at) {}

              @Override
              public long witnessed(String file) {
                return 0;
              }
            },
            null);
    try (OpenLog open = new OpenLog(directory, log)) {
      open.accept(record(0, "{}"));
      Path copy = copy();
      open.accept(record(1, "{}"));
      replaceBy(copy);
      clock.tick(Duration.ofSeconds(1));

      refused(open, record(2, "{}"));
      assertThat(ended).isEmpty();
      assertThat(path().resolve(SECOND_DAY)).doesNotExist();
      open.accept(record(2, "{}"));
    }
    assertThat(offsets()).containsExactly(0, 1);
    assertThat(ended).extracting(LogHead::lines).containsExactly(2L);
    assertThat(lines(path(), SECOND_DAY)).hasSize(1);
  }

  @Test
  void whatIsFoundBetweenBatchesIsMendedBetweenBatches() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"));
      Path copy = copy();
      open.accept(record(1, "{}"));
      replaceBy(copy);

      assertThat(open.log().isAsWritten()).isFalse();
      assertThat(open.log().isAsWritten()).isTrue();
      assertThat(open.log().foreignChange()).isEmpty();
    }
    assertThat(offsets()).containsExactly(0, 1);
  }

  @Test
  void filesAreNotChangedByAnErasureWhileAnotherProgramChangesThem() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"));
      Files.writeString(file(), "by hand\n", StandardOpenOption.APPEND);

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> open.log().changeFiles(end -> replaceBy(copy())))
          .withMessageContaining("another program changed it");
    }
  }

  @Test
  void whatThisProcessReplacesItselfIsNoForeignChange() throws Exception {
    try (OpenLog open = OpenLog.in(path(), clock)) {
      open.accept(record(0, "{}"));
      open.log().changeFiles(end -> replaceBy(copy()));
      open.accept(record(1, "{}"));
      assertThat(open.log().isAsWritten()).isTrue();
    }
    assertThat(offsets()).containsExactly(0, 1);
  }

  private static void refused(OpenLog open, ReceivedRecord... records) {
    assertThatExceptionOfType(DependencyUnavailable.class).isThrownBy(() -> open.accept(records));
  }

  private static OptionalLong position(OpenLog open) {
    return open.log().nextOffset("task-events", TASK_EVENTS, 0);
  }

  private Path path() {
    return temporary.resolve("log");
  }

  private Path file() {
    return path().resolve(FIRST_DAY);
  }

  private Path copy() {
    try {
      return Files.copy(file(), temporary.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As rsync does, and those who restore a backup. */
  private void replaceBy(Path other) {
    try {
      Files.move(other, file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Integer> offsets() throws IOException {
    return Files.readString(file(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> Integer.valueOf(line.replaceFirst(".*?\"offset\":(\\d+).*", "$1")))
        .toList();
  }
}
