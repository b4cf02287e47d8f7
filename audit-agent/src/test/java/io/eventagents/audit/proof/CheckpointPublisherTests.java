package io.eventagents.audit.proof;

import static io.eventagents.audit.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Broker;
import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.embedded.EmbeddedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointPublisherTests {

  @TempDir Path path;

  private final TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WayToTheBroker broker = new WayToTheBroker();

  @BeforeEach
  void start() {
    EmbeddedServers.start();
  }

  @AfterEach
  void end() {
    broker.admin.close();
  }

  @Test
  void publishesWhatIsSignedAtIntervalsAndAtTheEnd() throws Exception {
    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
      agent.publisher.start();
      await().until(() -> broker.lines().contains(1L));
      agent.log.accept(Records.batch(record(1, "{}")));
      await().atMost(Duration.ofSeconds(5)).until(() -> broker.lines().contains(2L));
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
    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
      agent.publisher.start();
      await().until(() -> broker.lines().contains(1L));
    }
    new Agent().close();

    assertThat(Files.readString(path.resolve("audit-2025-01-15.checkpoints")).lines()).hasSize(8);
    assertThat(broker.lines()).containsExactly(1L);
  }

  @Test
  void publishesLaterWhatAnOutageKeptBack() throws Exception {
    broker.out = true;
    try (Agent agent = new Agent()) {
      agent.publisher.start();
      agent.log.accept(Records.batch(record(0, "{}")));
      await().until(() -> agent.publisher.unpublished() == 1);
      agent.log.accept(Records.batch(record(1, "{}")));
      await().atMost(Duration.ofSeconds(5)).until(() -> agent.publisher.unpublished() == 2);
      assertThat(meters.get("audit.checkpoints.unpublished").gauge().value()).isEqualTo(2);
    }
    assertThat(broker.lines()).isEmpty();

    broker.out = false;
    try (Agent agent = new Agent()) {
      assertThat(agent.publisher.unpublished()).isEqualTo(2);
      agent.publisher.start();
      await().until(() -> agent.publisher.unpublished() == 0);
    }
    assertThat(broker.lines()).containsExactly(1L, 2L);
  }

  @Test
  void publishesAllOnceMoreWhereNobodyKnowsWhatWas() throws Exception {
    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
      agent.publisher.start();
      await().until(() -> broker.lines().contains(1L));
    }
    Files.writeString(path.resolve("checkpoints.published"), "rubbish");

    try (Agent agent = new Agent()) {
      agent.publisher.start();
      await().until(() -> agent.publisher.unpublished() == 0);
    }
    assertThat(broker.lines()).containsExactly(1L, 1L);
  }

  @Test
  void removesHalfANoteBeforeItWritesAnother() throws Exception {
    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
    }
    Path file = path.resolve("audit-2025-01-15.checkpoints");
    String whole = Files.readString(file);
    Files.writeString(file, whole + whole.substring(0, 100));

    try (Agent agent = new Agent()) {
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
    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
    }
    Path file = path.resolve("audit-2025-01-15.checkpoints");
    String whole = Files.readString(file);
    Files.writeString(file, whole + "x".repeat(17 * 1024));

    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(1, "{}")));
    }

    assertThat(Files.readString(file)).startsWith(whole + "x".repeat(17 * 1024) + "\n");
    assertThat(new CheckpointFiles(path).last()).extracting(Checkpoint::lines).isEqualTo(2L);
  }

  @Test
  void losesNoNoteThatOnlyLacksItsLineFeed() throws Exception {
    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
    }
    Path file = path.resolve("audit-2025-01-15.checkpoints");
    String whole = Files.readString(file);
    Files.writeString(file, whole.stripTrailing());
    clock.tick(Duration.ofMinutes(1));

    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(1, "{}")));
    }

    assertThat(Files.readString(file)).startsWith(whole + "event-agents/audit-log/");
  }

  @Test
  void neverSaysThatItWasBeforeWhatItCovers() throws Exception {
    try (Agent agent = new Agent()) {
      agent.log.accept(Records.batch(record(0, "{}")));
      agent.publisher.start();
      await().until(() -> agent.checkpoints.last() != null);
      clock.tick(Duration.ofHours(-1));
      agent.log.accept(Records.batch(record(1, "{}")));
    }

    assertThat(new CheckpointFiles(path).last())
        .extracting(Checkpoint::lines, checkpoint -> checkpoint.time().toString())
        .containsExactly(2L, "2025-01-15T12:00:00Z");
  }

  private final class Agent implements AutoCloseable {

    private final LogDirectory directory = LogDirectory.open(path);
    private final Checkpoints checkpoints = Checkpoints.open(directory, null, null, clock);
    private final AuditLog log =
        AuditLog.open(directory, clock, meters, GapReasons.UNTOLD, checkpoints);
    private final CheckpointPublisher publisher;

    Agent() {
      meters.clear();
      publisher =
          new CheckpointPublisher(
              directory, log, checkpoints, broker, Duration.ofMillis(200), clock, meters);
    }

    @Override
    public void close() throws IOException {
      publisher.stop();
      log.close();
      directory.close();
    }
  }

  /** To the real broker, where it is open. */
  private static final class WayToTheBroker implements Broker {

    private final Admin admin =
        Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()));
    private final List<ProducerRecord<byte[], byte[]>> sent = new CopyOnWriteArrayList<>();
    private volatile boolean out;

    @Override
    public Optional<Admin> admin() {
      return Optional.of(admin);
    }

    @Override
    public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
      if (out) {
        return CompletableFuture.failedFuture(new TimeoutException("the broker is away"));
      }
      assertThat(record.topic()).isEqualTo("audit-checkpoints");
      sent.add(record);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {
      throw new UnsupportedOperationException();
    }

    List<Long> lines() throws MalformedNote {
      List<Long> lines = new CopyOnWriteArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : sent) {
        String note = new String(record.value(), StandardCharsets.UTF_8);
        lines.add(Checkpoint.parse(SignedNote.parse(note).text()).lines());
      }
      return lines;
    }
  }
}
