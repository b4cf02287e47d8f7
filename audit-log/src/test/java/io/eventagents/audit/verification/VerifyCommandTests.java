package io.eventagents.audit.verification;

import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.SECOND_DAY;
import static io.eventagents.audit.verification.EvidentLog.THIRD_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.log.GapReason;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.SigningKeys;
import io.eventagents.audit.verification.EvidentLog.Said;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyCommandTests {

  @TempDir Path temporary;

  private EvidentLog log;

  @BeforeEach
  void threeDays() throws Exception {
    log = EvidentLog.ofThreeDays(temporary.resolve("log"));
  }

  @Test
  void saysTwoVerdicts() throws Exception {
    Said said =
        EvidentLog.command(
            log.path.toString(), "--key", log.path.resolve(SigningKeys.PUBLIC).toString());

    assertThat(said.exit()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .startsWith("Audit log " + log.id() + ": 9 lines in 3 files, ")
        .containsPattern(
            "(?m)^UNCHANGED: yes; 3 checkpoints, signed by the pinned key, up to line 9 \\("
                + THIRD_DAY
                + ", byte \\d+\\) at 2025-01-17T12:00:00Z$")
        .containsPattern("(?m)^COMPLETE:  yes; no gaps$");
  }

  @Test
  void saysWhereTheFirstDeviationIs() throws Exception {
    log.edit(SECOND_DAY, 3, line -> line.replace("\"n\":5", "\"n\":6"));

    Said said = EvidentLog.command(log.path.toString());

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out())
        .contains("UNCHANGED: NO, 1 deviation; ")
        .containsPattern("(?m)^  first " + SECOND_DAY + " line 3, byte \\d+$")
        .containsPattern("(?m)^        expected a payload with the digest [0-9a-f]{64}$")
        .containsPattern("(?m)^        found    one with [0-9a-f]{64}$")
        .contains("COMPLETE:  yes; no gaps");
  }

  @Test
  void tellsUnchangedFromComplete() throws Exception {
    EvidentLog gappy = new EvidentLog(temporary.resolve("gappy"));
    gappy
        .reasons(
            gaps -> gaps.stream().collect(Collectors.toMap(gap -> gap, gap -> GapReason.RETENTION)))
        .append(EvidentLog.event(3), EvidentLog.event(4));

    Said said = EvidentLog.command(gappy.path.toString());

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out())
        .contains("UNCHANGED: yes; ")
        .contains("COMPLETE:  NO, 1 deviation; 1 gap (3 offsets) by retention")
        .contains("found    that the broker had deleted them before they were read");
  }

  @Test
  void comparesACheckpointThatWasKept() throws Exception {
    Path kept = temporary.resolve("kept");
    Files.copy(log.path.resolve(CheckpointFiles.of(THIRD_DAY)), kept);
    log.write(THIRD_DAY, log.lines(THIRD_DAY).subList(0, 1));
    Files.delete(log.path.resolve(CheckpointFiles.of(THIRD_DAY)));

    assertThat(EvidentLog.command(log.path.toString()).exit()).isZero();
    assertThat(EvidentLog.command(log.path.toString(), "--checkpoint", kept.toString()).exit())
        .isEqualTo(1);
  }

  @Test
  void takesAPinnedKeyAsPem() throws Exception {
    String pem = log.path.resolve("signing-key.pub.pem").toString();

    assertThat(EvidentLog.command(log.path.toString(), "--key", pem).exit()).isZero();

    EvidentLog other = EvidentLog.ofThreeDays(temporary.resolve("other"));
    assertThat(EvidentLog.command(other.path.toString(), "--key", pem).exit()).isEqualTo(1);
  }

  @Test
  void verifiesALogThatAnAgentWrites() throws Exception {
    try (LogDirectory directory = LogDirectory.open(log.path)) {
      Files.writeString(
          log.path.resolve(THIRD_DAY),
          "{\"v\":1,\"logged_at\":\"2025-",
          StandardCharsets.UTF_8,
          StandardOpenOption.APPEND);

      Said said = EvidentLog.command(directory.path().toString());

      assertThat(said.exit()).isZero();
      assertThat(said.out()).contains("Note: " + THIRD_DAY + " line 4, byte ");
      assertThat(said.out()).contains("25 bytes of a line that is being written");
    }
  }

  @Test
  void toleratesWhatAPowerCutLeftAtTheEnd() throws Exception {
    String whole = log.lines(THIRD_DAY).getLast();
    Files.writeString(
        log.path.resolve(THIRD_DAY),
        "{\"v\":1," + "\0".repeat(4096) + "}\n" + whole + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);

    Said said = EvidentLog.command(log.path.toString());

    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains(THIRD_DAY + " line 4, byte ").contains("what a crash left");
  }

  @Test
  void doesNotTolerateATornLineInAnOlderFile() throws Exception {
    Files.writeString(
        log.path.resolve(FIRST_DAY),
        "{\"v\":1,",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);

    Said said = EvidentLog.command(log.path.toString());

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("expected a line feed at the end of the file");
  }

  @Test
  void changesNothing() throws Exception {
    List<Path> before = files();

    EvidentLog.command(log.path.toString());

    assertThat(files()).isEqualTo(before);
  }

  @Test
  void verifiesAnEmptyLog() throws Exception {
    EvidentLog empty = new EvidentLog(temporary.resolve("empty")).append();

    Said said = EvidentLog.command(empty.path.toString());

    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("0 lines in 0 files").contains("nothing is signed");
  }

  @Test
  void showsProgressWhereItIsAskedTo() {
    Said said = EvidentLog.command(log.path.toString(), "--progress");

    assertThat(said.err()).contains("100 % of");
  }

  @ParameterizedTest
  @MethodSource("whatCannotBeDone")
  void saysInALineWhatToDo(List<String> arguments, String expected) {
    Said said =
        EvidentLog.command(
            arguments.stream()
                .map(argument -> argument.replace("LOG", log.path.toString()))
                .toArray(String[]::new));

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).startsWith("verify: ").contains(expected).hasLineCount(1);
  }

  static Stream<Arguments> whatCannotBeDone() {
    return Stream.of(
        Arguments.of(List.of(), "the directory of the log is missing; usage: java -jar "),
        Arguments.of(List.of("LOG", "--kye", "x"), "what is --kye?; usage: "),
        Arguments.of(List.of("LOG", "more"), "what is more?; usage: "),
        Arguments.of(List.of("LOG", "--key"), "--key needs a value; usage: "),
        Arguments.of(List.of("LOG", "--broker-config", "x"), "--broker-config needs --broker"),
        Arguments.of(List.of("/nowhere"), "/nowhere is no directory; name that of an audit log"),
        Arguments.of(List.of("/"), "/ has no log.id: it is not the directory of an audit log"),
        Arguments.of(List.of("LOG", "--key", "/nowhere"), "there is no /nowhere"),
        Arguments.of(
            List.of("LOG", "--key", "LOG/log.id"), "log.id is no key: expected a key such"),
        Arguments.of(List.of("LOG", "--checkpoint", "/nowhere"), "/nowhere cannot be read"));
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(log.path)) {
      return files.sorted().toList();
    }
  }
}
