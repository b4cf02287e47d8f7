package io.eventagents.audit.evidence;

import static io.eventagents.audit.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.FoundNote;
import io.eventagents.audit.proof.MalformedNote;
import io.eventagents.audit.proof.NoteReader;
import io.eventagents.audit.proof.Signing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointPublisherTests {

  @TempDir Path path;

  private final TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private WayToTheBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = new WayToTheBroker();
  }

  @AfterEach
  void end() {
    broker.close();
  }

  @Test
  void publishesWhatIsSignedAtIntervalsAndAtTheEnd() throws Exception {
    try (RunningAgent agent = agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
      agent.publisher.start();
      await().until(() -> published(agent, 1));
      agent.log.accept(Records.batch(record(1, "{}")));
      await().atMost(Duration.ofSeconds(5)).until(() -> published(agent, 2));
      agent.log.accept(Records.batch(record(2, "{}")));
    }

    assertThat(broker.lines()).containsExactly(1L, 2L, 3L);
    assertThat(broker.sent)
        .allSatisfy(
            sent ->
                assertThat(new String(sent.key(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(path.resolve("log.id")).strip()));
  }

  @Test
  void signsNothingTwice() throws Exception {
    try (RunningAgent agent = agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
      agent.publisher.start();
      await().until(() -> published(agent, 1));
    }
    agent().close();

    assertThat(Files.readString(path.resolve("audit-2025-01-15.checkpoints")).lines()).hasSize(8);
    assertThat(broker.lines()).containsExactly(1L);
  }

  @Test
  void publishesLaterWhatAnOutageKeptBack() throws Exception {
    try (RunningAgent agent = agent()) {
      agent.publisher.start();
      await().until(() -> agent.checkpoints.signing() instanceof Signing.Going);
      broker.out = true;
      agent.log.accept(Records.batch(record(0, "{}")));
      await().until(() -> agent.publisher.unpublished() == 1);
      agent.log.accept(Records.batch(record(1, "{}")));
      await().atMost(Duration.ofSeconds(5)).until(() -> agent.publisher.unpublished() == 2);
      assertThat(meters.get("audit.checkpoints.unpublished").gauge().value()).isEqualTo(2);
    }
    assertThat(broker.lines()).isEmpty();

    broker.out = false;
    try (RunningAgent agent = agent()) {
      assertThat(agent.publisher.unpublished()).isEqualTo(2);
      agent.publisher.start();
      await().until(() -> agent.publisher.unpublished() == 0);
    }
    assertThat(broker.lines()).containsExactly(1L, 2L);
  }

  @Test
  void publishesAllOnceMoreWhereNobodyKnowsWhatWas() throws Exception {
    try (RunningAgent agent = agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
      agent.publisher.start();
      await().until(() -> published(agent, 1));
    }
    Files.writeString(path.resolve("checkpoints.published"), "rubbish");

    try (RunningAgent agent = agent()) {
      agent.publisher.start();
      await().until(() -> agent.publisher.unpublished() == 0);
    }
    assertThat(broker.lines()).containsExactly(1L, 1L);
  }

  @Test
  void removesHalfANoteBeforeItWritesAnother() throws Exception {
    try (RunningAgent agent = agent().compared()) {
      agent.log.accept(Records.batch(record(0, "{}")));
    }
    Path file = path.resolve("audit-2025-01-15.checkpoints");
    String whole = Files.readString(file);
    Files.writeString(file, whole + whole.substring(0, 100));

    try (RunningAgent agent = agent().compared()) {
      agent.log.accept(Records.batch(record(1, "{}")));
    }

    assertThat(Files.readString(file)).startsWith(whole + "event-agents/audit-log/");
    try (NoteReader notes = new CheckpointFiles(path).read(file.getFileName().toString())) {
      assertThat(notes.next()).extracting(FoundNote::trouble).isNull();
      assertThat(notes.next()).extracting(FoundNote::trouble).isNull();
      assertThat(notes.next()).isNull();
    }
  }

  @Test
  void beginsANoteOnALineOfItsOwnWhateverStandsBeforeIt() throws Exception {
    try (RunningAgent agent = agent().compared()) {
      agent.log.accept(Records.batch(record(0, "{}")));
    }
    Path file = path.resolve("audit-2025-01-15.checkpoints");
    String whole = Files.readString(file);
    Files.writeString(file, whole + "x".repeat(17 * 1024));

    try (RunningAgent agent = agent().compared()) {
      agent.log.accept(Records.batch(record(1, "{}")));
    }

    assertThat(Files.readString(file)).startsWith(whole + "x".repeat(17 * 1024) + "\n");
    assertThat(last(file).lines()).isEqualTo(2);
  }

  @Test
  void losesNoNoteThatOnlyLacksItsLineFeed() throws Exception {
    try (RunningAgent agent = agent().compared()) {
      agent.log.accept(Records.batch(record(0, "{}")));
    }
    Path file = path.resolve("audit-2025-01-15.checkpoints");
    String whole = Files.readString(file);
    Files.writeString(file, whole.stripTrailing());
    clock.tick(Duration.ofMinutes(1));

    try (RunningAgent agent = agent().compared()) {
      agent.log.accept(Records.batch(record(1, "{}")));
    }

    assertThat(Files.readString(file)).startsWith(whole + "event-agents/audit-log/");
  }

  @Test
  void neverSaysThatItWasBeforeWhatItCovers() throws Exception {
    try (RunningAgent agent = agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
      agent.publisher.start();
      await().until(() -> agent.checkpoints.last() != null);
      clock.tick(Duration.ofHours(-1));
      agent.log.accept(Records.batch(record(1, "{}")));
    }

    assertThat(last(path.resolve("audit-2025-01-15.checkpoints")))
        .extracting(Checkpoint::lines, checkpoint -> checkpoint.time().toString())
        .containsExactly(2L, "2025-01-15T12:00:00Z");
  }

  /** So that it knows of it, and does not publish it once more. */
  private boolean published(RunningAgent agent, long lines) throws MalformedNote {
    return broker.lines().contains(lines) && agent.publisher.unpublished() == 0;
  }

  private RunningAgent agent() {
    return new RunningAgent(path, clock, meters, broker);
  }

  private Checkpoint last(Path file) throws Exception {
    String name = file.getFileName().toString();
    return Checkpoint.parse(new CheckpointFiles(path).notes(name).getLast().text());
  }
}
