package io.eventagents.audit.evidence;

import static io.eventagents.audit.verification.EvidentLog.THIRD_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Broker;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.log.RivalLogs;
import io.eventagents.audit.proof.Checkpoints;
import io.eventagents.audit.verification.EvidentLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class AuditHealthIndicatorTests {

  private static final String DETAIL = "not_signed_because";

  @TempDir Path path;

  @Test
  void isUpWhileTheLogIsComparedWithWhatWasSignedOfItAndWhereItFits() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);

    try (Agent agent = new Agent(log)) {
      assertThat(agent.health().getStatus()).isEqualTo(Status.UP);
      assertThat(agent.health().getDetails())
          .containsEntry(DETAIL, "the log is being compared with what was signed of it");
      agent.checkpoints.compare(agent.log.head());
      assertThat(agent.health().getStatus()).isEqualTo(Status.UP);
      assertThat(agent.health().getDetails()).doesNotContainKey(DETAIL);
    }
  }

  @Test
  void isDownWhereTheLogIsNotWhatWasSignedOfIt() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);
    log.write(THIRD_DAY, log.lines(THIRD_DAY).subList(0, 2));

    try (Agent agent = new Agent(log)) {
      agent.checkpoints.compare(agent.log.head());

      assertThat(agent.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(String.valueOf(agent.health().getDetails().get(DETAIL)))
          .startsWith(THIRD_DAY + ", byte ")
          .contains("expected line 9 of the log")
          .contains("found a log of 8 lines");
    }
  }

  @Test
  void isUpAndNamesTheBreakOfALogThatIsSignedAgain() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);
    log.write(THIRD_DAY, log.lines(THIRD_DAY).subList(0, 2));
    log.stateBreak();

    try (Agent agent = new Agent(log)) {
      agent.checkpoints.compare(agent.log.head());

      assertThat(agent.health().getStatus()).isEqualTo(Status.UP);
      assertThat(agent.health().getDetails()).doesNotContainKey(DETAIL);
      assertThat(String.valueOf(agent.health().getDetails().get("breaks")))
          .contains("lines 7 to 9 of the log", "are in no file, as Jane Doe stated at");
    }
  }

  @Test
  void isDownWhileTheLogIsNotWrittenSinceAnotherProgramChangedIt() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);

    try (Agent agent = new Agent(log)) {
      log.write(THIRD_DAY, log.lines(THIRD_DAY).subList(0, 2));
      assertThat(agent.log.isAsWritten()).isFalse();

      assertThat(agent.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(String.valueOf(agent.health().getDetails().get("not_written_because")))
          .contains(THIRD_DAY, "another program changed it");
    }
  }

  private static final class Agent implements AutoCloseable {

    private final LogDirectory directory;
    private final Checkpoints checkpoints;
    private final AuditLog log;
    private final AuditHealthIndicator indicator;

    Agent(EvidentLog written) {
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      directory = LogDirectory.open(written.path);
      NoBroker broker = new NoBroker();
      checkpoints = Checkpoints.open(directory, null, null, broker, written.clock);
      log =
          AuditLog.open(
              directory, written.clock, LogMeter.NONE, GapReasons.UNTOLD, checkpoints, null);
      CheckpointPublisher publisher =
          new CheckpointPublisher(
              directory, log, checkpoints, broker, Duration.ofMinutes(1), written.clock, meters);
      Verifications verifications =
          new Verifications(
              directory,
              Optional::empty,
              null,
              Duration.ofDays(1),
              Long.MAX_VALUE,
              written.clock,
              meters);
      indicator =
          new AuditHealthIndicator(
              verifications,
              new LogState(directory, log, checkpoints, publisher),
              new RivalLogs(Optional::empty, directory.id()),
              null);
    }

    Health health() {
      return indicator.health();
    }

    @Override
    public void close() throws IOException {
      log.close();
      directory.close();
    }
  }

  /** A binder that is not Kafka's. */
  private static final class NoBroker implements Broker {

    @Override
    public Optional<Admin> admin() {
      return Optional.empty();
    }

    @Override
    public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void read(Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> each) {}
  }
}
