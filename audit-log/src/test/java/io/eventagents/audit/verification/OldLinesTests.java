package io.eventagents.audit.verification;

import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.SECOND_DAY;
import static io.eventagents.audit.verification.EvidentLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.log.ChainForger;
import io.eventagents.audit.proof.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a log whose first lines were written before lines had a chain, or a gap. */
class OldLinesTests {

  private static final String CHAIN = ",\"chain\":\"[0-9a-f]{64}\"";

  @TempDir Path path;

  private EvidentLog log;

  /** Offsets 0, 1 and 4, as a version without chains, gaps and checkpoints wrote them. */
  @BeforeEach
  void oldLog() throws Exception {
    log = new EvidentLog(path).append(event(0), event(1), event(4));
    Path file = path.resolve(FIRST_DAY);
    Files.writeString(
        file, Files.readString(file).replaceAll(",\"gap\":\\{[^}]*}", "").replaceAll(CHAIN, ""));
    Files.delete(path.resolve(CheckpointFiles.of(FIRST_DAY)));
    Files.delete(path.resolve("positions.json"));
    for (String key : List.of("signing-key.pem", "signing-key.pub", "signing-key.pub.pem")) {
      Files.delete(path.resolve(key));
    }
  }

  @Test
  void theFirstLineWithAChainTakesThemIn() throws Exception {
    log.append(event(5));

    VerificationResult result = log.verify();

    assertThat(result.isGood()).isTrue();
    assertThat(result.beforeTheChain()).isEqualTo(new UnchainedLines(3, true));
    assertThat(result.signed().lines()).isEqualTo(4);
    assertThat(result.notes())
        .contains(
            "Lines 1 to 3 were written before the log had a chain: they are unchanged since line 4,"
                + " which takes them in; that they were until then cannot be shown",
            "Offsets that are missing between these lines, which could not say why then: 2");
    assertThat(EvidentLog.command(path.toString()).out())
        .contains("UNCHANGED: yes; 1 checkpoint")
        .contains("; before the chain began: 3 lines");
  }

  @Test
  void aChangeToThemAfterThatIsFound() throws Exception {
    log.append(event(5));
    log.edit(FIRST_DAY, 2, line -> line.replace("\"offset\":1,", "\"offset\":2,"));

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.deviations()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().line()).isEqualTo(4);
  }

  @Test
  void oneThatIsRemovedAfterThatIsFound() throws Exception {
    log.append(event(5));
    List<String> lines = log.lines(FIRST_DAY);
    lines.removeFirst();
    log.write(FIRST_DAY, lines);

    assertThat(log.verify().unchanged().holds()).isFalse();
  }

  @Test
  void theLogIsSignedFromThenOnThoughItsDayEndedBefore() throws Exception {
    log.clock.tick(Duration.ofDays(1));
    log.append();
    log.append(event(5));
    log.append(event(6));

    VerificationResult result = log.verify();

    assertThat(result.isGood()).isTrue();
    assertThat(result.signed().checkpoints()).isEqualTo(2);
    assertThat(result.signed().file()).isEqualTo(SECOND_DAY);
  }

  @Test
  void aStartThatLogsNothingYetChangesNothing() throws Exception {
    log.append();
    log.append();
    log.append(event(5));

    assertThat(log.verify().beforeTheChain()).isEqualTo(new UnchainedLines(3, true));
  }

  /** As versions did that had chains first. */
  @Test
  void aFirstLineThatTakesThemNotInIsTold() throws Exception {
    log.append(event(5));
    List<String> lines = new ArrayList<>(log.lines(FIRST_DAY));
    lines.set(3, ChainForger.rebuilt(log.id(), List.of(lines.get(3))).getFirst());
    log.write(FIRST_DAY, lines);
    Files.delete(path.resolve(CheckpointFiles.of(FIRST_DAY)));

    VerificationResult result = log.verify();

    assertThat(result.unchanged().holds()).isTrue();
    assertThat(result.beforeTheChain()).isEqualTo(new UnchainedLines(3, false));
    assertThat(result.notes())
        .contains(
            "Lines 1 to 3 were written before the log had a chain: that they are unchanged cannot be shown");
  }

  @Test
  void withoutALineThatHasAChainNothingCanBeShown() throws Exception {
    log.append();

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.deviations()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().line()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().found()).contains("cannot be shown");
  }

  @Test
  void aLineBehindThatHasLostItsChainIsFound() throws Exception {
    log.append(event(5), event(6));
    loseTheChainOf(5);

    assertThat(log.verify().unchanged().holds()).isFalse();
  }

  /** The chain takes it in as before, but a checkpoint knows where the line behind it ended. */
  @Test
  void aFirstLineThatHasLostItsChainIsFoundByWhatIsSigned() throws Exception {
    log.append(event(5), event(6));
    loseTheChainOf(4);

    assertThat(log.verify().unchanged().holds()).isFalse();
  }

  private void loseTheChainOf(int line) throws IOException {
    log.edit(FIRST_DAY, line, text -> text.replaceAll(CHAIN, ""));
  }
}
