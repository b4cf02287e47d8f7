package io.eventagents.audit.verification;

import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.SECOND_DAY;
import static io.eventagents.audit.verification.EvidentLog.THIRD_DAY;
import static io.eventagents.audit.verification.EvidentLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.log.ChainForger;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.proof.BreakForger;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.LogBreak;
import io.eventagents.audit.proof.LogName;
import io.eventagents.audit.proof.SigningKeys;
import io.eventagents.audit.proof.VerificationKey;
import io.eventagents.audit.verification.EvidentLog.Said;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a log of which signed lines are gone, and an operator stated that. */
class StatedBreakTests {

  @TempDir Path temporary;

  private EvidentLog log;
  private VerificationKey pinned;
  private Path kept;

  /** Two of the third day's three lines are gone: an older copy took the place of the file. */
  @BeforeEach
  void cutOff() throws Exception {
    log = EvidentLog.ofThreeDays(temporary.resolve("log"));
    pinned = VerificationKey.read(log.path.resolve(SigningKeys.PUBLIC), LogName.of(log.id()));
    kept = temporary.resolve("kept");
    Files.copy(log.path.resolve(CheckpointFiles.of(THIRD_DAY)), kept);
    log.write(THIRD_DAY, log.lines(THIRD_DAY).subList(0, 1));
  }

  @Test
  void aLogThatLacksSignedLinesIsSignedAgainAndSaysWhichForGood() throws Exception {
    String before = Files.readString(log.path.resolve(THIRD_DAY));
    assertThat(log.append(event(7)).verify(pinned, kept).unchanged().holds()).isFalse();
    log.write(THIRD_DAY, before.lines().toList());
    Files.deleteIfExists(log.path.resolve("audit-2025-01-18.jsonl"));

    Said said = log.stateBreak();

    assertThat(said.err()).isEmpty();
    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .startsWith(
            "Stated for good: lines 7 to 9 of the log, signed at 2025-01-17T12:00:00Z, are in no"
                + " file, as Jane Doe stated at 2025-01-18T12:00:00Z: The volume was restored");
    assertThat(Files.readString(log.path.resolve(THIRD_DAY))).isEqualTo(before);
    assertThat(log.verify(pinned, kept).breaks()).hasSize(1);
    log.append(event(7), event(8));
    log.clock.tick(Duration.ofDays(1));
    log.append(event(9));
    VerificationResult result = log.verify(pinned, kept);
    assertThat(result.unchanged().first()).isEmpty();
    assertThat(result.complete().first()).isEmpty();
    assertThat(result.signed().lines()).isEqualTo(10);
    assertThat(result.breaks())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.from()).isEqualTo(7);
              assertThat(one.to()).isEqualTo(9);
              assertThat(one.lines()).isEqualTo(3);
              assertThat(one.by()).isEqualTo("Jane Doe");
              assertThat(one.because()).endsWith("of \"Sunday\"");
              assertThat(one.signedBy()).isEqualTo(pinned.id());
            });
    assertThat(log.lines("audit-2025-01-18.jsonl").getFirst())
        .contains("],\"break\":\"event-agents/audit-log/" + log.id() + "/breaks\\ntime 2025-01-18");
    assertThat(log.lines("audit-2025-01-18.jsonl").get(1)).doesNotContain("\"break\"");
  }

  @Test
  void theVerdictNamesTheBreakAndTheExitCodeIsItsOwn() throws Exception {
    log.stateBreak();
    log.append(event(7));

    Said said = EvidentLog.command(log.path.toString(), "--checkpoint", kept.toString());

    assertThat(said.exit()).isEqualTo(3);
    assertThat(said.out())
        .containsPattern("(?m)^UNCHANGED: yes, but for 1 break; 4 checkpoints, signed by the key")
        .containsPattern(
            "(?m)^  break lines 7 to 9 of the log \\(3 lines\\), signed at 2025-01-17T12:00:00Z by "
                + pinned.id()
                + ", are in no file$")
        .containsPattern(
            "(?m)^        stated   by Jane Doe at 2025-01-18T12:00:00Z: The volume was restored"
                + " from the snapshot of \"Sunday\"$")
        .containsPattern("(?m)^        signed   the chain [0-9a-f]{64}$")
        .containsPattern("(?m)^COMPLETE:  yes; no gaps$");
  }

  @Test
  void aDeviationCountsBesideABreak() throws Exception {
    log.stateBreak();
    log.append(event(7));
    log.edit(SECOND_DAY, 3, line -> line.replace("\"n\":5", "\"n\":6"));

    Said said = EvidentLog.command(log.path.toString());

    assertThat(log.verify().unchanged().holds()).isFalse();
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("UNCHANGED: NO, 1 deviation; 1 break; ");
  }

  @Test
  void aDayThatIsGoneAsAWholeIsNamed() throws Exception {
    Files.delete(log.path.resolve(THIRD_DAY));

    assertThat(log.stateBreak().exit()).isZero();
    log.append(event(6), event(7), event(8), event(9));

    VerificationResult result = log.verify(pinned, kept);
    assertThat(result.unchanged().first()).isEmpty();
    assertThat(result.breaks()).extracting(StatedBreak::from).containsExactly(7L);
  }

  @Test
  void aLogThatNoCheckpointFitsAnyMoreIsNamedFromItsFirstLine() throws Exception {
    String id = log.id();
    for (String file : List.of(FIRST_DAY, SECOND_DAY, THIRD_DAY, "positions.json")) {
      Files.deleteIfExists(log.path.resolve(file));
    }
    assertThat(log.stateBreak().err()).contains("start the agent, so that it logs what the broker");
    log.append(event(0), event(1));

    assertThat(log.stateBreak().exit()).isZero();
    log.append(event(2));

    VerificationResult result = log.verify(pinned, kept);
    assertThat(result.unchanged().first()).isEmpty();
    assertThat(result.logId()).isEqualTo(id);
    assertThat(result.breaks()).extracting(StatedBreak::from).containsExactly(1L);
  }

  @Test
  void whatWasLoggedUnsignedBeforeTheBreakIsSignedWithIt() throws Exception {
    for (int day = 0; day < 3; day++) {
      log.append(event(7L + day));
      log.clock.tick(Duration.ofDays(1));
    }
    assertThat(log.verify().unchanged().holds()).isFalse();

    assertThat(log.stateBreak().exit()).isZero();

    VerificationResult result = log.verify(pinned, kept);
    assertThat(result.unchanged().first()).isEmpty();
    assertThat(result.signed().lines()).isEqualTo(10);
  }

  @Test
  void aSecondLossIsASecondBreak() throws Exception {
    log.stateBreak();
    log.clock.tick(Duration.ofHours(1));
    log.append(event(7), event(8));
    log.clock.tick(Duration.ofHours(1));
    Path third = log.path.resolve("audit-2025-01-18.jsonl");
    for (boolean further : List.of(false, true)) {
      if (further) {
        log.write(SECOND_DAY, log.lines(SECOND_DAY).subList(0, 1));
        Files.delete(log.path.resolve(THIRD_DAY));
        Files.delete(third);
      } else {
        log.write(third.getFileName().toString(), List.of());
      }
      log.clock.tick(Duration.ofHours(1));

      assertThat(log.stateBreak().err()).isEmpty();
      log.clock.tick(Duration.ofHours(1));
      log.append(further ? event(4) : event(7), further ? event(5) : event(8));

      VerificationResult result = log.verify(pinned, kept);
      assertThat(result.unchanged().first()).isEmpty();
      assertThat(result.breaks()).hasSize(further ? 3 : 2);
    }
  }

  /** Files may be moved away once something newer vouches for them, with a break in them or not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFileThatABreakIsInIsNeededUntilSomethingNewerIsSigned(boolean signed) throws Exception {
    String fourthDay = "audit-2025-01-18.jsonl";
    Path checkpoints = log.path.resolve(CheckpointFiles.of(fourthDay));
    log.stateBreak();
    if (signed) {
      log.append(event(7));
      assertThat(checkpoints).isNotEmptyFile();
    }
    long before = signed ? Files.size(checkpoints) : 0;
    Files.move(log.path.resolve(THIRD_DAY), temporary.resolve(THIRD_DAY));

    log.append(event(8), event(9));

    assertThat(log.lines(fourthDay)).hasSize(signed ? 3 : 2);
    if (signed) {
      assertThat(Files.size(checkpoints)).isGreaterThan(before);
    } else {
      assertThat(checkpoints).doesNotExist();
    }
  }

  @Test
  void nothingIsStatedWithoutNeed() throws Exception {
    EvidentLog whole = EvidentLog.ofThreeDays(temporary.resolve("whole"));

    Said said = whole.stateBreak();

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("nothing is missing of what was signed");
    assertThat(whole.path.resolve(CheckpointFiles.BREAKS)).doesNotExist();
    log.stateBreak();
    assertThat(log.stateBreak().exit()).isEqualTo(1);
    assertThat(EvidentLog.command(whole.path.toString()).exit()).isZero();
  }

  @Test
  void nothingIsStatedWhileAnAgentRunsOrByAnotherKey() throws Exception {
    try (LogDirectory held = LogDirectory.open(log.path)) {
      assertThat(log.stateBreak().err()).contains(held.path().toString());
    }
    new EvidentLog(temporary.resolve("other")).append(event(0));

    Said said =
        log.stateBreak(
            "--signing-key", temporary.resolve("other").resolve("signing-key.pem").toString());

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("Name the key that signs the log by --signing-key");
    assertThat(log.path.resolve(CheckpointFiles.BREAKS)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two\nlines", "\u001b[2J", "\u202eback"})
  void aReasonIsOneLineThatCanBeRead(String reason) {
    Said said = log.stateBreak("--because", reason);

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("the reason has to be one line of text");
  }

  @Test
  void usageSaysWhatIsMissing() {
    assertThat(log.stateBreak("--broker", "localhost:1").err()).contains("or --without-broker");
    assertThat(log.stateBreak("--by").err()).contains("--by needs a value");
    assertThat(log.stateBreak("--what").err()).contains("what is --what?");
  }

  /** What who has the key could state, and no command does. */
  static Stream<Arguments> misstatements() {
    return Stream.of(
        Arguments.of(
            "of more lines than are missing",
            (UnaryOperator<LogBreak>) one -> BreakForger.ofLines(one, 4, 9)),
        Arguments.of(
            "of fewer lines than are missing",
            (UnaryOperator<LogBreak>) one -> BreakForger.ofLines(one, 8, 9)),
        Arguments.of(
            "not of the lines that the checkpoint is of",
            (UnaryOperator<LogBreak>) one -> BreakForger.ofLines(one, 7, 10)),
        Arguments.of("backwards", (UnaryOperator<LogBreak>) one -> BreakForger.ofLines(one, 10, 9)),
        Arguments.of(
            "of another chain",
            (UnaryOperator<LogBreak>) one -> BreakForger.goingOnWith(one, 7, "0".repeat(64))),
        Arguments.of(
            "of another length",
            (UnaryOperator<LogBreak>) one -> BreakForger.goingOnWith(one, 6, one.chain())),
        Arguments.of(
            "before what it says is missing",
            (UnaryOperator<LogBreak>)
                one -> BreakForger.at(one, one.signedAt().minus(Duration.ofHours(1)), one.after())),
        Arguments.of(
            "after a break that there is not",
            (UnaryOperator<LogBreak>) one -> BreakForger.at(one, one.time(), "0".repeat(64))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("misstatements")
  void findsAStatement(String what, UnaryOperator<LogBreak> how) throws Exception {
    log.stateBreak();
    assertThat(log.verify(pinned, kept).unchanged().first()).isEmpty();

    state(List.of(how.apply(BreakForger.read(log.path).getFirst())));

    assertThat(log.verify(pinned, kept).unchanged().holds()).as(what).isFalse();
    assertThat(log.verify().unchanged().holds()).as(what).isFalse();
  }

  @Test
  void findsAStatementOfLinesThatAreThere() throws Exception {
    log.stateBreak();
    LogBreak one = BreakForger.read(log.path).getFirst();
    EvidentLog whole = log;

    for (String day : List.of(FIRST_DAY, SECOND_DAY)) {
      long from = day.equals(FIRST_DAY) ? 1 : 4;
      LogBreak needless =
          BreakForger.carrying(one, from, from + 2, BreakForger.checkpoint(whole.path, day));
      state(List.of(needless));

      assertThat(log.verify(pinned, kept).unchanged().holds()).isFalse();
    }
  }

  @Test
  void findsAStatementWithoutNeedInAWholeLog() throws Exception {
    EvidentLog whole = EvidentLog.ofThreeDays(temporary.resolve("whole"));
    log.stateBreak();
    LogBreak pattern = BreakForger.read(log.path).getFirst();
    LogBreak needless =
        new LogBreak(
            whole.id(),
            pattern.time(),
            LineChain.start(whole.id()),
            7,
            9,
            BreakForger.checkpoint(whole.path, THIRD_DAY),
            9,
            whole.lines(THIRD_DAY).getLast().replaceAll(".*\"chain\":\"([0-9a-f]{64})\"}", "$1"),
            new LogPlace(THIRD_DAY, Files.size(whole.path.resolve(THIRD_DAY))),
            "Jane Doe",
            "to hide something");

    BreakForger.write(whole.path, key(whole), List.of(needless));

    assertThat(whole.verify().unchanged().holds()).isFalse();
    assertThat(whole.verify().unchanged().first())
        .extracting(Deviation::expected)
        .anySatisfy(expected -> assertThat(expected).contains("to be in no file"));
  }

  @Test
  void findsASecondStatementForTheSameLines() throws Exception {
    log.stateBreak();
    LogBreak one = BreakForger.read(log.path).getFirst();
    LogBreak again = BreakForger.at(one, one.time().plus(Duration.ofHours(1)), one.hash());

    state(List.of(one, again));

    Verdict unchanged = log.verify(pinned, kept).unchanged();
    assertThat(unchanged.first())
        .extracting(Deviation::expected)
        .contains("a break of lines that are not known to be missing already");
  }

  @Test
  void findsAStatementWithACheckpointThatNobodySigned() throws Exception {
    log.stateBreak();
    LogBreak one = BreakForger.read(log.path).getFirst();
    new EvidentLog(temporary.resolve("other")).append(event(0));
    Path other = temporary.resolve("other").resolve("signing-key.pem");

    state(
        List.of(
            BreakForger.carrying(
                one, 7, 9, BreakForger.signed(other, one.signed(), text -> text))));

    assertThat(log.verify(pinned, kept).unchanged().holds()).isFalse();
  }

  @Test
  void findsAStatementOfAnotherKeyOrWithAnotherText() throws Exception {
    log.stateBreak();
    Path notes = log.path.resolve(CheckpointFiles.BREAKS);
    String real = Files.readString(notes);
    new EvidentLog(temporary.resolve("other")).append(event(0));

    BreakForger.write(
        log.path,
        temporary.resolve("other").resolve("signing-key.pem"),
        BreakForger.read(log.path));
    assertThat(log.verify().unchanged().holds()).isFalse();
    for (String what : List.of("Jane", "snapshot", "missing 7", "lines 7")) {
      Files.writeString(notes, real.replace(what, what.substring(0, what.length() - 1) + "8"));
      assertThat(log.verify().unchanged().holds()).as(what).isFalse();
    }
  }

  @Test
  void findsAStatementOfAKeyThatAnotherFollowed() throws Exception {
    Path first = temporary.resolve("first.pem");
    Files.move(key(log), first);
    log.signedBy(null, first).append();
    log.clock.tick(Duration.ofHours(1));
    assertThat(log.stateBreak().err()).isEmpty();
    assertThat(log.verify(pinned, kept).unchanged().first()).isEmpty();

    BreakForger.write(log.path, first, BreakForger.read(log.path));

    Verdict unchanged = log.verify(pinned, kept).unchanged();
    assertThat(unchanged.first())
        .extracting(Deviation::found)
        .anySatisfy(found -> assertThat(found).contains("which another followed at"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsThatTheStatementWasRemoved(boolean contradictedCheckpointToo) throws Exception {
    log.stateBreak();
    log.append(event(7), event(8));
    Files.delete(log.path.resolve(CheckpointFiles.BREAKS));
    if (contradictedCheckpointToo) {
      Path checkpoints = log.path.resolve(CheckpointFiles.of(THIRD_DAY));
      String notes = Files.readString(checkpoints);
      int end = notes.indexOf('\n', notes.indexOf("\n\u2014") + 1) + 1;
      Files.writeString(checkpoints, notes.substring(end));
    }

    assertThat(log.verify(pinned).unchanged().holds()).isFalse();
  }

  @Test
  void findsABreakThatWasKeptElsewhereAndIsNotBesideTheLog() throws Exception {
    log.stateBreak();
    Path notes = log.path.resolve(CheckpointFiles.BREAKS);
    Path elsewhere = temporary.resolve("elsewhere");
    Files.copy(notes, elsewhere);
    assertThat(log.verify(pinned, elsewhere).unchanged().first()).isEmpty();

    Files.delete(notes);

    assertThat(log.verify(pinned, elsewhere).unchanged().first())
        .extracting(Deviation::expected)
        .contains("a break that is in breaks.notes");
  }

  /**
   * What who can make the chain anew, up to the next checkpoint, does to the line that states it.
   */
  static Stream<UnaryOperator<List<String>>> restatements() {
    UnaryOperator<String> without =
        line -> line.replaceFirst(",\"break\":\"(?:[^\"\\\\]|\\\\.)*\"", "");
    return Stream.of(
        lines -> List.of(without.apply(lines.get(0)), lines.get(1)),
        lines -> List.of(lines.get(0).replace("Jane Doe", "John Doe"), lines.get(1)),
        lines ->
            List.of(lines.get(0).replace(",\"break\":\"e", ",\"break\":\"\\u0065"), lines.get(1)),
        lines -> {
          String stated = lines.get(0).replaceFirst(".*(,\"break\":.*),\"(event|raw)\":.*", "$1");
          return List.of(
              lines.get(0),
              lines
                  .get(1)
                  .replaceFirst(
                      "],\"event\":", "]" + Matcher.quoteReplacement(stated) + ",\"event\":"));
        });
  }

  @ParameterizedTest
  @MethodSource("restatements")
  void findsThatALineStatesSomethingElse(UnaryOperator<List<String>> how) throws Exception {
    log.stateBreak();
    log.append(event(7), event(8));
    String day = "audit-2025-01-18.jsonl";
    Files.delete(log.path.resolve(CheckpointFiles.of(day)));
    assertThat(log.verify(pinned, kept).unchanged().first()).isEmpty();
    List<String> forged = how.apply(log.lines(day));
    assertThat(forged).isNotEqualTo(log.lines(day));
    List<String> all = new ArrayList<>();
    for (String file : List.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)) {
      all.addAll(log.lines(file));
    }
    int before = all.size();
    all.addAll(forged);

    log.write(day, ChainForger.rebuilt(log.id(), all).subList(before, before + 2));

    assertThat(log.verify(pinned, kept).unchanged().holds()).isFalse();
  }

  @Test
  void findsRubbishAmongTheStatementsButNotWhatACrashLeft() throws Exception {
    log.stateBreak();
    Path notes = log.path.resolve(CheckpointFiles.BREAKS);
    String real = Files.readString(notes);

    Files.writeString(
        notes, "event-agents/audit-", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    assertThat(log.verify(pinned, kept).unchanged().first()).isEmpty();
    Files.writeString(notes, "rubbish\n" + real);
    assertThat(log.verify(pinned, kept).unchanged().holds()).isFalse();
  }

  @Test
  void aCutBehindTheBreakIsFoundLikeAnyOther() throws Exception {
    log.stateBreak();
    log.append(event(7), event(8));
    String day = "audit-2025-01-18.jsonl";
    log.write(day, log.lines(day).subList(0, 1));

    assertThat(log.verify(pinned, kept).unchanged().holds()).isFalse();
  }

  private void state(List<LogBreak> breaks) throws Exception {
    BreakForger.write(log.path, key(log), breaks);
  }

  private static Path key(EvidentLog log) {
    return log.path.resolve("signing-key.pem");
  }
}
