package io.eventagents.audit.verification;

import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.SECOND_DAY;
import static io.eventagents.audit.verification.EvidentLog.THIRD_DAY;
import static io.eventagents.audit.verification.EvidentLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.eventagents.audit.log.ChainForger;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.LogName;
import io.eventagents.audit.proof.SigningKeys;
import io.eventagents.audit.proof.VerificationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody who can write the log's directory does to it, and where that is found. */
class TamperedLogTests {

  @TempDir Path temporary;

  private EvidentLog log;
  private VerificationKey pinned;
  private Path kept;

  @BeforeEach
  void threeDays() throws Exception {
    log = EvidentLog.ofThreeDays(temporary.resolve("log"));
    pinned = VerificationKey.read(log.path.resolve(SigningKeys.PUBLIC), LogName.of(log.id()));
    kept = temporary.resolve("kept");
    Files.copy(log.path.resolve(CheckpointFiles.of(THIRD_DAY)), kept);
  }

  @Test
  void findsNothingWhereNothingWasDone() throws Exception {
    VerificationResult result = log.verify(pinned, kept);

    assertThat(result.isGood()).isTrue();
    assertThat(result.extent())
        .isEqualTo(
            new LogExtent(
                3,
                9,
                result.extent().bytes(),
                FIRST_DAY,
                THIRD_DAY,
                "2025-01-17T12:00:00.000000Z"));
    assertThat(result.signed().checkpoints()).isEqualTo(3);
    assertThat(result.signed().lines()).isEqualTo(9);
    assertThat(result.signed().pinned()).isTrue();
    assertThat(result.notes()).contains("Checkpoints that were kept elsewhere and fit the log: 1");
  }

  @Test
  void findsNothingWhereACrashLeftTheNewDaysFileEmpty() throws Exception {
    Files.createFile(log.path.resolve("audit-2025-01-18.jsonl"));
    log.append();
    log.append(event(9));

    assertThat(log.verify(pinned, kept).unchanged().first()).isEmpty();
  }

  @Test
  void findsALineThatIsTooLongForANoteAndGoesOn() throws Exception {
    Path notes = log.path.resolve(CheckpointFiles.of(FIRST_DAY));
    Files.writeString(notes, "x".repeat(17 * 1024) + "\n" + Files.readString(notes));

    VerificationResult result = log.verify(pinned);

    assertThat(result.unchanged().first())
        .extracting(Deviation::file, Deviation::line)
        .containsExactly(tuple(CheckpointFiles.of(FIRST_DAY), 1L));
    assertThat(result.signed().checkpoints()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("edits")
  void findsALineThatWasEdited(String what, String with, String expected) throws Exception {
    log.edit(SECOND_DAY, 1, line -> line.replaceFirst(what, with));

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.holds()).isFalse();
    assertThat(unchanged.first().getFirst().file()).isEqualTo(SECOND_DAY);
    assertThat(unchanged.first().getFirst().line()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().expected()).contains(expected);
  }

  static Stream<Arguments> edits() {
    return Stream.of(
        Arguments.of("\"n\":3", "\"n\":4", "a payload with the digest "),
        Arguments.of("\"event\":\\{", "\"event\":{ ", "a payload with the digest "),
        Arguments.of("\"salt\":\"[0-9a-f]", "\"salt\":\"x", "a salt of 32 hexadecimal digits"),
        Arguments.of("\"key\":\"task-123\"", "\"key\":\"task-124\"", "the chain "),
        Arguments.of("\"timestamp\":1", "\"timestamp\":2", "the chain "),
        Arguments.of("\"offset\":3", "\"offset\":4", "the chain "),
        Arguments.of("T12:00:00.000000Z\",\"topic", "T12:00:00.000001Z\",\"topic", "the chain "),
        Arguments.of("\"headers\":\\[\\]", "\"headers\":[[\"a\",\"b\"]]", "the chain "),
        Arguments.of("\"chain\":\"[0-9a-f]{8}", "\"chain\":\"00000000", "the chain "),
        Arguments.of(",\"chain\"", ",\"x\":1,\"chain\"", "the key chain"),
        Arguments.of(",\"chain\"", " ,\"chain\"", "the key chain"),
        Arguments.of("\"}$", "\"} ", "the end of the line after the chain"),
        Arguments.of("\"v\":1", "\"v\":2", "{\"v\":1"),
        Arguments.of("^", " ", "{\"v\":1"),
        Arguments.of(",\"chain\":\"[0-9a-f]{64}\"", "", "the key chain"));
  }

  @Test
  void findsAPayloadThatWasPutInAnotherForm() throws Exception {
    log.edit(FIRST_DAY, 1, ChainForger::eventAsRaw);
    log.edit(FIRST_DAY, 2, ChainForger::rawAsEvent);

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.first())
        .extracting(Deviation::line, deviation -> deviation.expected().substring(0, 12))
        .startsWith(tuple(1L, "the payload "), tuple(2L, "the payload "));
  }

  @Test
  void findsALineThatWasRemoved() throws Exception {
    List<String> lines = log.lines(SECOND_DAY);
    lines.remove(1);
    log.write(SECOND_DAY, lines);

    VerificationResult result = log.verify();

    assertPlace(result.unchanged(), SECOND_DAY, 2);
    assertThat(result.unchanged().first().getFirst().expected())
        .contains("lines before it were removed");
    assertPlace(result.complete(), SECOND_DAY, 2);
    assertThat(result.complete().first().getFirst().expected())
        .isEqualTo("offset 4 of task-events-0");
  }

  @Test
  void findsLinesThatWereSwapped() throws Exception {
    List<String> lines = log.lines(SECOND_DAY);
    Collections.swap(lines, 0, 1);
    log.write(SECOND_DAY, lines);

    VerificationResult result = log.verify();

    assertPlace(result.unchanged(), SECOND_DAY, 1);
    assertPlace(result.complete(), SECOND_DAY, 1);
  }

  @Test
  void findsALineThatWasAdded() throws Exception {
    List<String> lines = log.lines(SECOND_DAY);
    lines.add(2, lines.get(1).replace("\"offset\":4", "\"offset\":5"));
    log.write(SECOND_DAY, lines);

    assertPlace(log.verify().unchanged(), SECOND_DAY, 3);
  }

  @Test
  void findsALineThatWasRepeated() throws Exception {
    List<String> lines = log.lines(SECOND_DAY);
    lines.add(2, lines.get(1));
    log.write(SECOND_DAY, lines);

    VerificationResult result = log.verify();

    assertPlace(result.unchanged(), SECOND_DAY, 3);
    assertPlace(result.complete(), SECOND_DAY, 3);
    assertThat(result.complete().first().getFirst().found())
        .isEqualTo("offset 4, which was logged before");
  }

  @Test
  void findsATruncatedFileByTheCheckpointBesideIt() throws Exception {
    log.write(THIRD_DAY, log.lines(THIRD_DAY).subList(0, 2));

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.first().getFirst().file()).isEqualTo(THIRD_DAY);
    assertThat(unchanged.first().getFirst().position())
        .isEqualTo(Files.size(log.path.resolve(THIRD_DAY)));
    assertThat(unchanged.first().getFirst().expected()).startsWith("line 9 of the log to end at");
  }

  @Test
  void findsATruncatedFileByACheckpointThatWasKept() throws Exception {
    log.write(THIRD_DAY, log.lines(THIRD_DAY).subList(0, 2));
    Files.delete(log.path.resolve(CheckpointFiles.of(THIRD_DAY)));

    assertThat(log.verify().unchanged().holds()).isTrue();
    Verdict unchanged = log.verify(pinned, kept).unchanged();

    assertThat(unchanged.deviations()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().file()).isEqualTo(THIRD_DAY);
    assertThat(unchanged.first().getFirst().found())
        .isEqualTo("the end of the file at byte " + Files.size(log.path.resolve(THIRD_DAY)));
  }

  @Test
  void keepsAndFindsANulInWhatWasSigned() throws Exception {
    put(THIRD_DAY, log.start(THIRD_DAY, 2) + 30, (byte) 0);
    Files.delete(log.path.resolve("positions.json"));
    byte[] damaged = Files.readAllBytes(log.path.resolve(THIRD_DAY));

    assertPlace(log.verify().unchanged(), THIRD_DAY, 2);
    log.append(event(9));

    assertThat(log.path.resolve(THIRD_DAY)).hasBinaryContent(damaged);
    assertPlace(log.verify().unchanged(), THIRD_DAY, 2);
  }

  @Test
  void keepsAndFindsHalfALineInWhatWasSigned() throws Exception {
    Path file = log.path.resolve(THIRD_DAY);
    String half = Files.readString(file).substring(0, (int) log.start(THIRD_DAY, 3) + 30);
    Files.writeString(file, half);
    log.clock.tick(Duration.ofDays(-1));

    assertPlace(log.verify().unchanged(), THIRD_DAY, 3);
    log.append(event(8));

    assertThat(log.lines(THIRD_DAY)).hasSize(4);
    assertThat(Files.readString(file)).startsWith(half + "\n{\"v\":1,");
    assertPlace(log.verify().unchanged(), THIRD_DAY, 3);
  }

  @Test
  void putsTheLineFeedBackThatASignedLineLacks() throws Exception {
    Path file = log.path.resolve(THIRD_DAY);
    String whole = Files.readString(file);
    Files.writeString(file, whole.stripTrailing());
    log.clock.tick(Duration.ofDays(-1));

    log.append(event(9));

    assertThat(Files.readString(file)).startsWith(whole);
    assertThat(log.verify(pinned, kept).isGood()).isTrue();
  }

  @Test
  void removesWhatACrashLeftBehindWhatWasSigned() throws Exception {
    Path file = log.path.resolve(THIRD_DAY);
    String whole = Files.readString(file);
    Files.writeString(file, "{\"v\":1,\0\0}\n{\"v\":1}\n{\"v", StandardOpenOption.APPEND);

    assertThat(log.verify().unchanged().holds()).isTrue();
    log.append();

    assertThat(file).hasContent(whole);
  }

  @Test
  void findsADayThatWasRemoved() throws Exception {
    Files.delete(log.path.resolve(SECOND_DAY));

    VerificationResult result = log.verify();

    assertThat(result.unchanged().deviations()).isEqualTo(1);
    assertThat(result.unchanged().first().getFirst().file()).isEqualTo(SECOND_DAY);
    assertThat(result.unchanged().first().getFirst().found()).isEqualTo("no such file");
    assertPlace(result.complete(), THIRD_DAY, 1);
  }

  @Test
  void findsADayThatWasRemovedWithItsCheckpoints() throws Exception {
    Files.delete(log.path.resolve(SECOND_DAY));
    Files.delete(log.path.resolve(CheckpointFiles.of(SECOND_DAY)));

    assertPlace(log.verify().unchanged(), THIRD_DAY, 1);
  }

  @Test
  void findsTheFirstDayRemoved() throws Exception {
    Files.delete(log.path.resolve(FIRST_DAY));
    Files.delete(log.path.resolve(CheckpointFiles.of(FIRST_DAY)));

    Verdict unchanged = log.verify().unchanged();

    assertPlace(unchanged, SECOND_DAY, 1);
    assertThat(unchanged.first().getFirst().expected())
        .contains("as the first line of this log has it");
  }

  @Test
  void findsTheLastDayRemovedByACheckpointThatWasKept() throws Exception {
    Files.delete(log.path.resolve(THIRD_DAY));
    Files.delete(log.path.resolve(CheckpointFiles.of(THIRD_DAY)));

    Verdict unchanged = log.verify(pinned, kept).unchanged();

    assertThat(unchanged.first().getFirst().file()).isEqualTo(THIRD_DAY);
    assertThat(unchanged.first().getFirst().found()).isEqualTo("no such file");
  }

  @Test
  void findsAForgedCheckpoint() throws Exception {
    String checkpoints = CheckpointFiles.of(SECOND_DAY);
    Path file = log.path.resolve(checkpoints);
    Files.writeString(file, Files.readString(file).replace("\n6\n", "\n7\n"));

    Verdict unchanged = log.verify().unchanged();

    assertPlace(unchanged, checkpoints, 1);
    assertThat(unchanged.first().getFirst().found())
        .isEqualTo("a signature that does not fit the text");
  }

  @Test
  void findsAKeyThatIsNoText() throws Exception {
    put(SigningKeys.PUBLIC, 3, (byte) -1);

    assertPlace(log.verify().unchanged(), SigningKeys.PUBLIC, 1);
  }

  @Test
  void findsANoteThatIsNoText() throws Exception {
    String checkpoints = CheckpointFiles.of(SECOND_DAY);
    put(checkpoints, 3, (byte) -1);

    Verdict unchanged = log.verify().unchanged();

    assertPlace(unchanged, checkpoints, 1);
    assertThat(unchanged.first().getFirst().expected()).isEqualTo("a note of well-formed UTF-8");
  }

  @Test
  void findsACheckpointThatIsNone() throws Exception {
    String checkpoints = CheckpointFiles.of(SECOND_DAY);
    Files.writeString(
        log.path.resolve(checkpoints),
        "event-agents/audit-log/x\n\n\u2014 x AAAAAAAA\n",
        StandardOpenOption.APPEND);

    assertPlace(log.verify().unchanged(), checkpoints, 9);
  }

  @Test
  void findsExchangedKeysByAPinnedOne() throws Exception {
    rebuild("\"n\":3", "\"n\":4");

    assertThat(log.verify().unchanged().holds()).isTrue();
    Verdict unchanged = log.verify(pinned).unchanged();

    assertThat(unchanged.holds()).isFalse();
    assertPlace(unchanged, SigningKeys.PUBLIC, 1);
    assertThat(unchanged.first().get(1).file()).isEqualTo(CheckpointFiles.of(FIRST_DAY));
  }

  @Test
  void findsARebuiltChainByACheckpointThatWasKept() throws Exception {
    Path before = temporary.resolve("before");
    Files.copy(log.path.resolve(CheckpointFiles.of(SECOND_DAY)), before);
    List<String> forged =
        ChainForger.rebuilt(
            log.id(),
            Stream.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)
                .flatMap(day -> lines(day))
                .map(line -> ChainForger.withEvent(line, "\"n\":3", "\"n\":4"))
                .toList());
    writeAll(forged);
    for (String day : List.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)) {
      Files.deleteIfExists(log.path.resolve(CheckpointFiles.of(day)));
    }

    VerificationResult result = log.verify(pinned, before);

    assertThat(result.unchanged().first())
        .anySatisfy(
            deviation -> {
              assertThat(deviation.file()).isEqualTo(SECOND_DAY);
              assertThat(deviation.expected()).startsWith("line 6 of the log, with the chain ");
            });
  }

  @Test
  void findsThatCheckpointsWereRemoved() throws Exception {
    for (String day : List.of(SECOND_DAY, THIRD_DAY)) {
      Files.delete(log.path.resolve(CheckpointFiles.of(day)));
    }

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.deviations()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().expected())
        .startsWith("a checkpoint of all 6 lines up to the end of " + SECOND_DAY);
  }

  @Test
  void findsThatCheckpointsOfAnOlderDayWereRemoved() throws Exception {
    Files.delete(log.path.resolve(CheckpointFiles.of(SECOND_DAY)));

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.first())
        .containsExactly(
            new Deviation(
                CheckpointFiles.of(SECOND_DAY),
                0,
                -1,
                "a checkpoint of all 6 lines up to the end of %s, since the log went on in another file"
                    .formatted(SECOND_DAY),
                "the last one, of 3 lines"));
  }

  @Test
  void findsThatTheLastCheckpointOfADayWasRemoved() throws Exception {
    EvidentLog often = new EvidentLog(temporary.resolve("often")).append(event(0));
    Path checkpoints = often.path.resolve(CheckpointFiles.of(FIRST_DAY));
    String first = Files.readString(checkpoints);
    often.append(event(1));
    often.clock.tick(Duration.ofDays(1));
    often.append(event(2));
    assertThat(often.verify().isGood()).isTrue();

    Files.writeString(checkpoints, first);

    assertThat(often.verify().unchanged().first())
        .extracting(Deviation::file, Deviation::found)
        .containsExactly(tuple(CheckpointFiles.of(FIRST_DAY), "the last one, of 1 lines"));
  }

  @Test
  void daysMayBeOlderThanSigningUnlessACheckpointOfThemWasKept() throws Exception {
    Path older = temporary.resolve("older");
    Files.move(log.path.resolve(CheckpointFiles.of(FIRST_DAY)), older);

    VerificationResult result = log.verify();
    Verdict unchanged = log.verify(older).unchanged();

    assertThat(result.isGood()).isTrue();
    assertThat(result.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("Files without checkpoints of their own, older than the first")
                    .contains("1, " + FIRST_DAY + " to " + FIRST_DAY));
    assertThat(unchanged.first())
        .extracting(Deviation::file, Deviation::expected)
        .containsExactly(
            tuple(
                CheckpointFiles.of(FIRST_DAY),
                "the checkpoints of %s, one of which was kept in %s".formatted(FIRST_DAY, older)));
  }

  @Test
  void findsThatNoCheckpointIsLeftWhereAKeyIsPinned() throws Exception {
    EvidentLog short_ = new EvidentLog(temporary.resolve("short")).append(event(0));
    VerificationKey key =
        VerificationKey.read(short_.path.resolve(SigningKeys.PUBLIC), LogName.of(short_.id()));
    Files.delete(short_.path.resolve(CheckpointFiles.of(FIRST_DAY)));

    assertThat(short_.verify().unchanged().holds()).isTrue();
    assertThat(short_.verify(key).unchanged().holds()).isFalse();
  }

  @Test
  void aCheckpointOfWhatWasLoggedMeanwhileFits() throws Exception {
    Path newer = log.path.resolve(CheckpointFiles.of("audit-2025-01-18.jsonl"));
    VerificationResult result =
        new LogVerifier(log.path, pinned, List.of(newer), null, null, log.clock)
            .verify(
                (bytes, of) -> {
                  try {
                    if (!Files.exists(newer)) {
                      log.append(event(9));
                    }
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });

    assertThat(result.isGood()).isTrue();
    assertThat(result.extent().lines()).isEqualTo(9);
    assertThat(result.notes()).contains("Checkpoints that were kept elsewhere and fit the log: 1");
  }

  @Test
  void findsACheckpointOfAnotherLog() throws Exception {
    EvidentLog other = EvidentLog.ofThreeDays(temporary.resolve("other"));

    Verdict unchanged = log.verify(other.path.resolve(CheckpointFiles.of(FIRST_DAY))).unchanged();

    assertThat(unchanged.first().getFirst().expected())
        .isEqualTo("a checkpoint of the log " + log.id());
  }

  @Test
  void namesTheFirstAndCountsTheOthers() throws Exception {
    List<String> lines = log.lines(FIRST_DAY);
    for (int i = 0; i < 30; i++) {
      lines.add("edited by hand " + i);
    }
    log.write(FIRST_DAY, lines);

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.deviations()).isGreaterThanOrEqualTo(30);
    assertThat(unchanged.first()).hasSize(20);
    assertThat(unchanged.first().getFirst())
        .isEqualTo(
            new Deviation(
                FIRST_DAY,
                4,
                log.start(FIRST_DAY, 4),
                "{\"v\":1,\"logged_at\":\"",
                "'edited by hand 0'"));
  }

  private void put(String file, long place, byte value) throws IOException {
    byte[] bytes = Files.readAllBytes(log.path.resolve(file));
    bytes[(int) place] = value;
    Files.write(log.path.resolve(file), bytes);
  }

  private static void assertPlace(Verdict verdict, String file, long line) {
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.first().getFirst().file()).isEqualTo(file);
    assertThat(verdict.first().getFirst().line()).isEqualTo(line);
  }

  /** As one does who can write the directory, has no key, and does everything right. */
  private void rebuild(String what, String with) throws Exception {
    List<String> forged =
        ChainForger.rebuilt(
            log.id(),
            Stream.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)
                .flatMap(this::lines)
                .map(line -> ChainForger.withEvent(line, what, with))
                .toList());
    try (Stream<Path> files = Files.list(log.path)) {
      for (Path file : files.toList()) {
        if (!file.endsWith("log.id")) {
          Files.delete(file);
        }
      }
    }
    writeAll(forged);
    // A key of their own: an agent that starts signs whatever it finds.
    log.append();
    assertThat(forged).anySatisfy(line -> assertThat(line).contains(with));
    resign();
  }

  /** The forger's agent signs the end of each day. */
  private void resign() throws Exception {
    Path last = log.path.resolve(THIRD_DAY);
    Path second = log.path.resolve(SECOND_DAY);
    String third = Files.readString(last);
    String two = Files.readString(second);
    Files.deleteIfExists(log.path.resolve(CheckpointFiles.of(THIRD_DAY)));
    for (Path hidden : List.of(last, second)) {
      Files.delete(hidden);
    }
    Files.deleteIfExists(log.path.resolve("positions.json"));
    log.append();
    Files.writeString(second, two, StandardCharsets.UTF_8);
    Files.deleteIfExists(log.path.resolve("positions.json"));
    log.append();
    Files.writeString(last, third, StandardCharsets.UTF_8);
    Files.deleteIfExists(log.path.resolve("positions.json"));
    log.append();
  }

  private void writeAll(List<String> lines) throws Exception {
    log.write(FIRST_DAY, lines.subList(0, 3));
    log.write(SECOND_DAY, lines.subList(3, 6));
    log.write(THIRD_DAY, lines.subList(6, 9));
  }

  private Stream<String> lines(String day) {
    try {
      return log.lines(day).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
