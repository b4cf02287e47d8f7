package io.eventagents.audit.evidence;

import static io.eventagents.audit.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.eventagents.DependencyUnavailable;
import io.eventagents.ReceivedRecord;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.log.ChainForger;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.proof.BreakStatement;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.Checkpoints;
import io.eventagents.audit.proof.Contradiction;
import io.eventagents.audit.proof.LogBreak;
import io.eventagents.audit.proof.NoBreak;
import io.eventagents.audit.proof.SignedNote;
import io.eventagents.audit.proof.Signing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is signed of a log that an agent finds when it starts. */
@ExtendWith(OutputCaptureExtension.class)
class ContinuedLogTests {

  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  private static final String SECOND_DAY = "audit-2025-01-16.jsonl";

  @TempDir Path temporary;

  private final TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
  private Path path;
  private WayToTheBroker broker;
  private @Nullable Path key;
  private @Nullable Path formerKey;

  @BeforeEach
  void start() throws Exception {
    path = temporary.resolve("log");
    broker = new WayToTheBroker();
  }

  @AfterEach
  void end() {
    broker.close();
  }

  @Test
  void aLogThatWasCutOffIsNotSigned(CapturedOutput output) throws Exception {
    log(record(0, "{}"), record(1, "{}"), record(2, "{}"));
    String signed = Files.readString(checkpoints(FIRST_DAY));
    cutOff(FIRST_DAY, 2);
    long position = Files.size(path.resolve(FIRST_DAY));

    try (RunningAgent agent = started()) {
      Contradiction because = refused(agent);
      assertThat(because.file()).isEqualTo(FIRST_DAY);
      assertThat(because.line()).isEqualTo(3);
      assertThat(because.expected()).startsWith("line 3 of the log, with the chain ");
      assertThat(because.found())
          .isEqualTo("a log of 2 lines, which ends in " + FIRST_DAY + " at byte " + position);
      agent.accept(record(2, "{}"));
      clock.tick(Duration.ofDays(1));
      agent.accept(record(3, "{}"));
      assertThat(agent.checkpoints.signing()).isInstanceOf(Signing.Refused.class);
    }

    assertThat(Files.readAllLines(path.resolve(FIRST_DAY))).hasSize(3);
    assertThat(Files.readAllLines(path.resolve(SECOND_DAY))).hasSize(1);
    assertThat(Files.readString(checkpoints(FIRST_DAY))).isEqualTo(signed);
    assertThat(checkpoints(SECOND_DAY)).doesNotExist();
    assertThat(output)
        .contains("ERROR")
        .contains("The audit log is NOT what was signed of it: " + FIRST_DAY + ", byte ")
        .contains("put back files that fit and start it again");
  }

  @Test
  void aLogThatWasCutOffWithItsCheckpointsIsNotSigned() throws Exception {
    log(record(0, "{}"), record(1, "{}"), record(2, "{}"));
    cutOff(FIRST_DAY, 2);
    Files.delete(checkpoints(FIRST_DAY));

    try (RunningAgent agent = started()) {
      assertThat(refused(agent).line()).isEqualTo(3);
    }

    assertThat(checkpoints(FIRST_DAY)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLogThatWasMadeAnewIsNotSigned(boolean checkpointsToo) throws Exception {
    log(record(0, "{\"n\":0}"), record(1, "{\"n\":1}"), record(2, "{\"n\":2}"));
    Path file = path.resolve(FIRST_DAY);
    List<String> forged =
        ChainForger.rebuilt(
            Files.readString(path.resolve("log.id")).strip(),
            Files.readAllLines(file).stream()
                .map(line -> ChainForger.withEvent(line, "\"n\":1", "\"n\":9"))
                .toList());
    Files.writeString(file, String.join("\n", forged) + "\n");
    Files.delete(path.resolve("positions.json"));
    if (checkpointsToo) {
      Files.delete(checkpoints(FIRST_DAY));
    }

    try (RunningAgent agent = started()) {
      assertThat(refused(agent).found()).startsWith("a line with the chain ");
    }
  }

  @Test
  void anEmptyLogIsNotSignedWhereItHadLines() throws Exception {
    log(record(0, "{}"));
    Files.delete(path.resolve(FIRST_DAY));
    Files.delete(path.resolve("positions.json"));
    Files.delete(checkpoints(FIRST_DAY));

    try (RunningAgent agent = started()) {
      assertThat(refused(agent).found()).isEqualTo("a log without a line");
      agent.accept(record(0, "{}"));
    }

    assertThat(checkpoints(FIRST_DAY)).doesNotExist();
  }

  @Test
  void linesThatAreMissingBehindTheLastCheckpointAreCounted() throws Exception {
    log(record(0, "{}"));
    RunningAgent crashing = started();
    await().until(() -> crashing.checkpoints.signing() instanceof Signing.Going);
    crashing.publisher.stop();
    crashing.accept(record(1, "{}"));
    crashing.crash();
    Path positions = path.resolve("positions.json");
    Files.writeString(
        positions, Files.readString(positions).replace("\"lines\" : 1", "\"lines\" : 5"));

    try (RunningAgent agent = started()) {
      assertThat(refused(agent).found()).isEqualTo("line 5 there, since the log has 6 lines");
    }
  }

  @Test
  void anOlderCopyIsNotSignedAndTheNewerOneIsAgain() throws Exception {
    log(record(0, "{}"));
    copy(path, temporary.resolve("older"));
    log(record(1, "{}"), record(2, "{}"));
    copy(path, temporary.resolve("newer"));

    replaceBy(temporary.resolve("older"));
    try (RunningAgent agent = started()) {
      assertThat(refused(agent).line()).isEqualTo(3);
      agent.accept(record(1, "{}"));
    }
    replaceBy(temporary.resolve("newer"));
    log(record(3, "{}"));

    assertThat(lastLines(FIRST_DAY)).isEqualTo(4);
  }

  @Test
  void anOlderCopyIsSignedAgainOnceItsBreakWasStated() throws Exception {
    log(record(0, "{}"));
    copy(path, temporary.resolve("older"));
    log(record(1, "{}"), record(2, "{}"));
    replaceBy(temporary.resolve("older"));
    try (RunningAgent agent = started()) {
      assertThat(refused(agent).line()).isEqualTo(3);
      agent.accept(record(1, "{}"));
    }

    LogBreak stated;
    try (LogDirectory directory = LogDirectory.open(path)) {
      assertThatExceptionOfType(NoBreak.class)
          .isThrownBy(
              () -> new BreakStatement(directory, null, null, clock).state("Jane Doe", "Restored"))
          .withMessageContaining("--broker looks at what was published");
      stated = new BreakStatement(directory, null, broker, clock).state("Jane Doe", "Restored");
    }

    assertThat(stated.from()).isEqualTo(2);
    assertThat(stated.to()).isEqualTo(3);
    assertThat(stated.lines()).isEqualTo(2);
    try (RunningAgent agent = started()) {
      await().until(() -> agent.checkpoints.signing() instanceof Signing.Going);
      agent.accept(record(2, "{}"));
      agent.accept(record(3, "{}"));
      assertThat(agent.checkpoints.breaks())
          .extracting(LogBreak::text)
          .containsExactly(stated.text());
    }
    assertThat(lastLines(FIRST_DAY)).isEqualTo(4);
    assertThat(Files.readAllLines(path.resolve(FIRST_DAY)).get(2)).contains(",\"break\":\"");
    assertThat(Files.readAllLines(path.resolve(FIRST_DAY)).get(3)).doesNotContain("\"break\"");
    assertThat(broker.sent)
        .anySatisfy(
            sent ->
                assertThat(new String(sent.value(), StandardCharsets.UTF_8))
                    .startsWith(stated.text()));
    log(record(4, "{}"));
    assertThat(lastLines(FIRST_DAY)).isEqualTo(5);
  }

  @Test
  void aLogThatIsCutOffBehindItsBreakBeforeAnAgentStartsIsNotSigned() throws Exception {
    log(record(0, "{}"), record(1, "{}"), record(2, "{}"), record(3, "{}"));
    cutOff(FIRST_DAY, 3);
    try (LogDirectory directory = LogDirectory.open(path)) {
      new BreakStatement(directory, null, broker, clock).state("Jane Doe", "Restored");
    }
    Files.delete(checkpoints(FIRST_DAY));
    cutOff(FIRST_DAY, 2);

    try (RunningAgent agent = started()) {
      assertThat(refused(agent).line()).isEqualTo(3);
    }
  }

  @Test
  void nothingIsSignedBeforeTheBrokerAnswers(CapturedOutput output) throws Exception {
    log(record(0, "{}"));
    RunningAgent crashing = agent();
    crashing.accept(record(1, "{}"));
    crashing.crash();
    String signed = Files.readString(checkpoints(FIRST_DAY));

    broker.out = true;
    try (RunningAgent agent = agent()) {
      agent.publisher.start();
      await()
          .until(() -> output.getOut().contains("What was signed of the audit log cannot be told"));
      agent.accept(record(2, "{}"));
      clock.tick(Duration.ofDays(1));
      agent.accept(record(3, "{}"));
      assertThat(agent.checkpoints.signing())
          .isEqualTo(
              new Signing.Waiting("what was signed of it cannot be told: Kafka is unavailable"));
      assertThat(Files.readString(checkpoints(FIRST_DAY))).isEqualTo(signed);

      broker.out = false;
      await().until(() -> agent.checkpoints.signing() instanceof Signing.Going);
      await().until(() -> Files.exists(checkpoints(SECOND_DAY)));
    }
    assertThat(lastLines(FIRST_DAY)).isEqualTo(3);
    assertThat(lastLines(SECOND_DAY)).isEqualTo(4);
    await()
        .untilAsserted(
            () -> assertThat(broker.lines()).doesNotContain(2L).containsSubsequence(1L, 3L, 4L));
  }

  @Test
  void theFirstFileIsSignedWhereItEndedBeforeTheBrokerAnswered() throws Exception {
    broker.out = true;
    try (RunningAgent agent = started()) {
      agent.accept(record(0, "{}"));
      clock.tick(Duration.ofDays(1));
      agent.accept(record(1, "{}"));
      broker.out = false;
      await().until(() -> agent.checkpoints.signing() instanceof Signing.Going);
    }

    assertThat(lastLines(FIRST_DAY)).isEqualTo(1);
    assertThat(lastLines(SECOND_DAY)).isEqualTo(2);
  }

  /** Its place would be of a line without a hash, which no later start could find there. */
  @Test
  void anEndThatIsNoLineOfTheLogIsNotSignedUntilALineFollows() throws Exception {
    log(record(0, "{}"));
    Files.writeString(path.resolve(FIRST_DAY), "by hand\n", StandardOpenOption.APPEND);

    try (RunningAgent agent = started()) {
      await().until(() -> agent.checkpoints.signing() instanceof Signing.Going);
    }
    assertThat(lastLines(FIRST_DAY)).isEqualTo(1);
    log(record(1, "{}"));
    assertThat(lastLines(FIRST_DAY)).isEqualTo(3);
    log();
  }

  @Test
  void whatEndedBeforeACrashWithoutACheckpointGetsIt() throws Exception {
    log(record(0, "{}"));
    broker.out = true;
    RunningAgent crashing = agent();
    crashing.accept(record(1, "{}"));
    clock.tick(Duration.ofDays(1));
    crashing.accept(record(2, "{}"));
    crashing.crash();
    broker.out = false;

    log(record(3, "{}"));

    assertThat(lastLines(FIRST_DAY)).isEqualTo(2);
    assertThat(lastLines(SECOND_DAY)).isEqualTo(4);
  }

  @Test
  void whatOthersPublishHidesNothing() throws Exception {
    log(record(0, "{}"), record(1, "{}"));
    String real = Files.readString(checkpoints(FIRST_DAY));
    for (int i = 0; i < 70; i++) {
      publish(real.replace("\n2\n", "\n" + (1000 + i) + "\n"));
    }
    publish("rubbish");
    publish(real);
    log(record(2, "{}"));
    assertThat(lastLines(FIRST_DAY)).isEqualTo(3);

    cutOff(FIRST_DAY, 2);
    Files.delete(checkpoints(FIRST_DAY));
    publish(real);

    try (RunningAgent agent = started()) {
      assertThat(refused(agent).line()).isEqualTo(3);
    }
  }

  @Test
  void whatTheFormerKeySignedCounts() throws Exception {
    log(record(0, "{}"), record(1, "{}"));
    formerKey = temporary.resolve("former.pem");
    Files.move(path.resolve("signing-key.pem"), formerKey);
    cutOff(FIRST_DAY, 1);

    try (RunningAgent agent = started()) {
      assertThat(refused(agent).line()).isEqualTo(2);
    }
  }

  @Test
  void aForgedCheckpointBesideTheLogDoesNotVouchForIt() throws Exception {
    log(record(0, "{}"), record(1, "{}"));
    List<String> lines = Files.readAllLines(path.resolve(FIRST_DAY));
    cutOff(FIRST_DAY, 1);
    String chain = lines.getFirst().replaceAll(".*\"chain\":\"([0-9a-f]{64})\"}", "$1");
    String forged =
        Files.readString(checkpoints(FIRST_DAY))
            .replace("\n2\n", "\n1\n")
            .replaceFirst(
                "(\n1\n)[^\n]+",
                "$1" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(chain)))
            .replaceFirst("bytes \\d+", "bytes " + Files.size(path.resolve(FIRST_DAY)));
    Files.writeString(checkpoints(FIRST_DAY), forged);

    try (RunningAgent agent = started()) {
      assertThat(refused(agent).line()).isEqualTo(2);
    }
  }

  @Test
  void aForgedCheckpointBesideTheLogKeepsNothingFromBeingSigned() throws Exception {
    log(record(0, "{}"));
    String signed = Files.readString(checkpoints(FIRST_DAY));
    Files.writeString(
        checkpoints(FIRST_DAY), signed.replace("\n1\n", "\n9\n"), StandardOpenOption.APPEND);

    log(record(1, "{}"));

    assertThat(lastLines(FIRST_DAY)).isEqualTo(2);
  }

  @Test
  void whatIsInNoFileIsNotSignedAndACopyIsSignedAgainOnceItIsComplete() throws Exception {
    try (RunningAgent agent = started()) {
      agent.accept(record(0, "{}"));
      await().until(() -> signedLines() == 1);
      Path copy = Files.copy(path.resolve(FIRST_DAY), temporary.resolve("copy"));
      agent.accept(record(1, "{}"));
      await().until(() -> signedLines() == 2);
      Files.move(copy, path.resolve(FIRST_DAY), StandardCopyOption.ATOMIC_MOVE);
      await().until(() -> Files.readAllLines(path.resolve(FIRST_DAY)).size() == 2);

      agent.accept(record(2, "{}"));
      await().until(() -> signedLines() == 3);
    }

    log(record(3, "{}"));
    assertThat(signedLines()).isEqualTo(4);
  }

  @Test
  void aLogThatLostSignedLinesWhileItRanIsNotSignedUntilTheyArePutBack() throws Exception {
    try (RunningAgent agent = started()) {
      agent.accept(record(0, "{}"), record(1, "{}"));
      await().until(() -> signedLines() == 2);
      String text = Files.readString(path.resolve(FIRST_DAY));
      cutOff(FIRST_DAY, 1);
      await().until(() -> agent.log.foreignChange().isPresent());
      tryToAccept(agent, record(1, "{}"), record(2, "{}"));

      assertThat(refused(agent).line()).isEqualTo(2);
      assertThat(Files.readAllLines(path.resolve(FIRST_DAY))).hasSize(3);
      assertThat(signedLines()).isEqualTo(2);

      Files.writeString(path.resolve(FIRST_DAY), text);
      await().until(() -> agent.log.foreignChange().isPresent());
      tryToAccept(agent, record(2, "{}"));
      await().until(() -> agent.checkpoints.signing() instanceof Signing.Going);
      await().until(() -> signedLines() == 3);
    }
  }

  /** As the framework does: the records come again for as long as it takes. */
  private static void tryToAccept(RunningAgent agent, ReceivedRecord... records) {
    await()
        .ignoreException(DependencyUnavailable.class)
        .until(
            () -> {
              agent.accept(records);
              return true;
            });
  }

  private long signedLines() throws Exception {
    return Files.exists(checkpoints(FIRST_DAY)) ? lastLines(FIRST_DAY) : 0;
  }

  /** An agent runs, signs what there is, logs these and stops. */
  private void log(ReceivedRecord... records) throws Exception {
    try (RunningAgent agent = started()) {
      await().until(() -> agent.checkpoints.signing() instanceof Signing.Going);
      if (records.length > 0) {
        agent.accept(records);
      }
    }
  }

  private RunningAgent started() {
    RunningAgent agent = agent();
    agent.publisher.start();
    return agent;
  }

  private RunningAgent agent() {
    return new RunningAgent(path, clock, new SimpleMeterRegistry(), broker, key, formerKey);
  }

  private static Contradiction refused(RunningAgent agent) {
    await().until(() -> agent.checkpoints.signing() instanceof Signing.Refused);
    return ((Signing.Refused) agent.checkpoints.signing()).because();
  }

  private void cutOff(String file, int behindLine) throws IOException {
    List<String> lines = Files.readAllLines(path.resolve(file)).subList(0, behindLine);
    Files.writeString(path.resolve(file), String.join("\n", lines) + "\n");
  }

  private Path checkpoints(String file) {
    return path.resolve(CheckpointFiles.of(file));
  }

  private long lastLines(String file) throws Exception {
    List<SignedNote> notes = new CheckpointFiles(path).notes(CheckpointFiles.of(file));
    return Checkpoint.parse(notes.getLast().text()).lines();
  }

  private void publish(String note) throws Exception {
    String id = Files.readString(path.resolve("log.id")).strip();
    broker
        .send(
            new ProducerRecord<>(
                Checkpoints.TOPIC,
                id.getBytes(StandardCharsets.UTF_8),
                note.getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  private void replaceBy(Path copy) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    copy(copy, path);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
