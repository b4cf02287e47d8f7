package io.eventagents.audit.evidence;

import io.eventagents.Broker;
import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.proof.Checkpoints;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What of the agent writes and signs a log. */
final class RunningAgent implements AutoCloseable {

  final LogDirectory directory;
  final Checkpoints checkpoints;
  final AuditLog log;
  final CheckpointPublisher publisher;

  RunningAgent(Path path, Clock clock, MeterRegistry meters, Broker broker) {
    this(path, clock, meters, broker, null, null);
  }

  RunningAgent(
      Path path,
      Clock clock,
      MeterRegistry meters,
      Broker broker,
      @Nullable Path key,
      @Nullable Path formerKey) {
    meters.clear();
    directory = LogDirectory.open(path);
    checkpoints = Checkpoints.open(directory, key, formerKey, broker, clock);
    log = AuditLog.open(directory, clock, LogMeter.NONE, GapReasons.UNTOLD, checkpoints, null);
    publisher =
        new CheckpointPublisher(
            directory, log, checkpoints, broker, Duration.ofMillis(200), clock, meters);
  }

  /** As the publisher does first. */
  RunningAgent compared() {
    checkpoints.compare(log.head());
    return this;
  }

  void accept(ReceivedRecord... records) {
    log.accept(Records.batch(records));
  }

  /** The process ends, with nothing put in order. */
  void crash() throws IOException {
    directory.close();
  }

  @Override
  public void close() throws IOException {
    publisher.stop();
    log.close();
    directory.close();
  }
}
