package io.eventagents.audit.evidence;

import io.eventagents.Broker;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.Checkpoints;
import io.eventagents.audit.proof.PublishedNotes;
import io.eventagents.audit.proof.SignedNote;
import io.eventagents.audit.proof.Signing;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.FailureOnce;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Has the log signed at intervals, and puts every note that is beside the log on a topic too, where
 * who can write the log's directory cannot change it. The log never waits for it: without a broker
 * the notes are published later, also after a restart.
 */
public final class CheckpointPublisher implements SmartLifecycle {

  /** Stopped after the agents, so that what they logged last is signed and published too. */
  private static final int PHASE = 0;

  private static final Logger log = LoggerFactory.getLogger(CheckpointPublisher.class);

  private static final int AT_ONCE = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final Duration UNTIL_WOKEN = ChronoUnit.FOREVER.getDuration();

  private final AuditLog auditLog;
  private final Checkpoints checkpoints;
  private final PublishedNotes notes;
  private final Broker broker;
  private final byte[] key;
  private final Duration interval;
  private final AtomicLong unpublished;

  private final BackgroundLoop signing = loop("audit-checkpoints", this::sign);
  private final BackgroundLoop publishing = loop("audit-checkpoint-topic", this::publishAll);
  private final FailureOnce failing =
      new FailureOnce(() -> log.info("Checkpoints of the audit log are published again"));

  /**
   * @param interval how often the log is signed where lines were added
   * @throws UncheckedIOException if the notes beside the log cannot be read
   */
  public CheckpointPublisher(
      LogDirectory directory,
      AuditLog auditLog,
      Checkpoints checkpoints,
      Broker broker,
      Duration interval,
      Clock clock,
      MeterRegistry meters) {
    this.auditLog = auditLog;
    this.checkpoints = checkpoints;
    this.broker = broker;
    this.interval = interval;
    this.key = ByteText.ascii(directory.id().toString());
    try {
      this.notes = new PublishedNotes(directory, new CheckpointFiles(directory.path()));
      this.unpublished = new AtomicLong(notes.count());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The checkpoints beside the audit log in " + directory.path() + " cannot be read", e);
    }
    checkpoints.onAppend(this::added);
    Gauge.builder("audit.checkpoints.unpublished", unpublished, AtomicLong::get)
        .description("Notes beside the audit log that are not on the topic yet")
        .register(meters);
    Gauge.builder("audit.checkpoints.age", this, publisher -> publisher.age(clock))
        .description("How old the last checkpoint of the audit log is")
        .baseUnit("seconds")
        .register(meters);
  }

  /** How many notes are not on the topic yet. */
  public long unpublished() {
    return unpublished.get();
  }

  @Override
  public void start() {
    signing.start();
    publishing.start();
  }

  @Override
  public void stop() {
    if (!isRunning()) {
      return;
    }
    signing.stop();
    publishing.stop();
    if (auditLog.isAsWritten()) {
      checkpoints.sign(auditLog.head());
    }
    publish(LAST_PATIENCE);
  }

  @Override
  public boolean isRunning() {
    return signing.isRunning();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  private double age(Clock clock) {
    Checkpoint last = checkpoints.last();
    return last == null ? Double.NaN : Duration.between(last.time(), clock.instant()).toSeconds();
  }

  private static BackgroundLoop loop(String name, BackgroundLoop.Round round) {
    return BackgroundLoop.named(name)
        .interruptAfter(Duration.ZERO)
        .stopWithin(Duration.ofSeconds(5))
        .repeating(round);
  }

  private Duration sign() {
    signOnce();
    boolean waits =
        checkpoints.signing() instanceof Signing.Waiting || auditLog.foreignChange().isPresent();
    boolean soon = waits && interval.compareTo(TRY_AGAIN) > 0;
    return soon ? TRY_AGAIN : interval;
  }

  /** A log that nobody signs any more would be worse than whatever it is. */
  private void signOnce() {
    try {
      // What is signed has to be in a file: another program may have replaced it.
      if (auditLog.isAsWritten()) {
        checkpoints.compare(auditLog::head);
        checkpoints.sign(auditLog.head());
      }
    } catch (RuntimeException | Error e) {
      log.error("The audit log could not be signed; it is tried again", e);
    }
  }

  private void added() {
    unpublished.incrementAndGet();
    publishing.wake();
  }

  private Duration publishAll() throws InterruptedException {
    if (publish(PATIENCE)) {
      return UNTIL_WOKEN;
    }
    publishing.pause(TRY_AGAIN);
    return Duration.ZERO;
  }

  /** Whether all of them are on the topic; nothing more is expected of a binder without Kafka. */
  private boolean publish(Duration patience) {
    try {
      if (broker.admin().isEmpty()) {
        return true;
      }
      for (PublishedNotes.Portion portion = notes.next(AT_ONCE);
          portion != null;
          portion = notes.next(AT_ONCE)) {
        send(portion.notes(), patience);
        notes.advance(portion.after());
        unpublished.addAndGet(-portion.notes().size());
      }
      failing.ends();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException | Error e) {
      if (failing.begins()) {
        log.warn(
            "Checkpoints of the audit log cannot be published to {}; they are beside the log, and"
                + " published later: {}",
            Checkpoints.TOPIC,
            e.toString());
      }
      return false;
    }
  }

  private void send(List<SignedNote> portion, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<?>[] sent =
        portion.stream()
            .map(
                note ->
                    broker.send(
                        new ProducerRecord<>(
                            Checkpoints.TOPIC,
                            key,
                            note.toString().getBytes(StandardCharsets.UTF_8))))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(sent).get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
