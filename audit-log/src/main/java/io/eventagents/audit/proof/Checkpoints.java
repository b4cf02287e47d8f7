package io.eventagents.audit.proof;

import io.eventagents.Broker;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogHead;
import io.eventagents.audit.log.LogWitness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what the log is: where a file of it ends, when it is closed, and whenever it is asked to.
 * What a process finds it does not sign before it was compared with what was signed last, beside
 * the log and on the broker: a log that was changed while no agent ran gets no checkpoint.
 * Thread-safe.
 */
public final class Checkpoints implements LogWitness {

  /** Where they are published; the key of a record is the id of its log. */
  public static final String TOPIC = "audit-checkpoints";

  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

  private final String logId;
  private final CheckpointFiles files;
  private final SigningKey key;
  private final KeyHistory keys;
  private final LogBreaks breaks;
  private final LogContinuity continuity;
  private final @Nullable PublishedCheckpoints published;
  private final Clock clock;

  /** Where files ended while it was not known whether the log may be signed. */
  private final List<LogHead> ended = new ArrayList<>();

  private volatile Signing signing =
      new Signing.Waiting("the log is being compared with what was signed of it");
  private volatile @Nullable Checkpoint last;
  private volatile Runnable onAppend = () -> {};
  private boolean failing;
  private boolean waiting;

  /** How often what was compared before was worth nothing any more. */
  private volatile int readings;

  /** Lines of the log when this process signed it last. */
  private long signed = -1;

  private Checkpoints(
      LogDirectory directory,
      CheckpointFiles files,
      SigningKey key,
      @Nullable Broker broker,
      Clock clock)
      throws IOException {
    this.logId = directory.id().toString();
    this.files = files;
    this.key = key;
    this.keys = KeyHistory.of(key.verification(), files);
    this.breaks = LogBreaks.of(logId, keys, files);
    this.continuity = new LogContinuity(directory);
    this.published = broker == null ? null : new PublishedCheckpoints(broker, logId);
    this.clock = clock;
    SignedCheckpoint newest = files.last(logId, keys, breaks);
    this.last = newest == null ? null : newest.checkpoint();
    breaks.all().forEach(one -> log.warn("The audit log has a break: {}", one));
  }

  /**
   * Those of a log.
   *
   * @param signingKey where the key is that signs them; null for beside the log
   * @param formerSigningKey where the key is that it follows; null if it follows none
   * @param broker where they are published, and the log is compared with those that were; null
   *     where they are nowhere but beside it
   * @throws SigningKeyUnusable if they could not be signed
   * @throws UncheckedIOException if the directory cannot be read or written
   */
  public static Checkpoints open(
      LogDirectory directory,
      @Nullable Path signingKey,
      @Nullable Path formerSigningKey,
      @Nullable Broker broker,
      Clock clock) {
    CheckpointFiles files = new CheckpointFiles(directory.path());
    try {
      SigningKey key = new SigningKeys(directory, files, clock).open(signingKey, formerSigningKey);
      return new Checkpoints(directory, files, key, broker, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The checkpoints beside the audit log in " + directory.path() + " cannot be opened", e);
    }
  }

  /** The last one; null if there is none yet. */
  public @Nullable Checkpoint last() {
    return last;
  }

  /** The breaks of the log that were stated, in order. */
  public List<LogBreak> breaks() {
    return breaks.all();
  }

  /** The public half of the key that signs them. */
  public VerificationKey key() {
    return key.verification();
  }

  /** Whether they are signed. */
  public Signing signing() {
    return signing;
  }

  /**
   * Compares the log with what was signed of it, where that is still to be done. It takes as long
   * as the broker does; where that does not answer, nothing is known and nothing signed until it is
   * asked again.
   *
   * @param head the log as it is; null if it is empty
   */
  public void compare(@Nullable LogHead head) {
    compare(() -> head);
  }

  /**
   * As {@link #compare(LogHead)}.
   *
   * @param current the log as it is when it is asked for
   */
  public void compare(Supplier<@Nullable LogHead> current) {
    if (!(signing instanceof Signing.Waiting)) {
      return;
    }
    int reading = readings;
    LogHead head = current.get();
    try {
      List<Checkpoint> signedBefore = new ArrayList<>();
      Checkpoint beside = last;
      if (beside != null) {
        signedBefore.add(beside);
      }
      if (published != null) {
        published
            .newest(keys, breaks)
            .map(SignedCheckpoint::checkpoint)
            .ifPresent(signedBefore::add);
      }
      goOn(continuity.since(signedBefore, breaks.goesOnWith(logId), head), head, reading);
    } catch (ContradictedLog e) {
      refuse(e.contradiction(), reading);
    } catch (IOException | RuntimeException e) {
      await(e);
    }
  }

  /** Signs what the log is now, where that was not signed yet and may be. */
  public void sign(@Nullable LogHead head) {
    compareBeside(head);
    signNow(head);
  }

  private synchronized void signNow(@Nullable LogHead head) {
    try {
      if (head != null && signing instanceof Signing.Going) {
        write(head);
      }
      if (failing) {
        failing = false;
        log.info("Checkpoints of the audit log are written again");
      }
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        log.error("No checkpoint of the audit log can be written; the log goes on", e);
      }
    }
  }

  /**
   * No file ends without a checkpoint: it would be missed by who verifies. Where none may be signed
   * yet, that is done later; the log waits for nothing.
   */
  @Override
  public void fileEnds(LogHead at) throws IOException {
    compareBeside(at);
    endFile(at);
  }

  private synchronized void endFile(LogHead at) throws IOException {
    switch (signing) {
      case Signing.Going going -> write(at);
      case Signing.Waiting waiting -> ended.add(at);
      case Signing.Refused refused -> {}
    }
  }

  /** Needs no broker, and so can be done by who writes the log. */
  private void compareBeside(@Nullable LogHead head) {
    if (published == null) {
      compare(head);
    }
  }

  /**
   * @param heads where files ended that no checkpoint may be of, as after a crash; and of the log
   */
  private synchronized void goOn(List<LogHead> heads, @Nullable LogHead head, int reading)
      throws IOException {
    if (!isAwaited(reading)) {
      return;
    }
    List<LogHead> unsigned = new ArrayList<>(heads);
    for (LogHead each : ended) {
      if (continuity.states(each)) {
        unsigned.add(each);
      }
    }
    unsigned.sort(Comparator.comparingLong(LogHead::lines));
    for (LogHead each : unsigned) {
      write(each);
    }
    ended.clear();
    // A line at the end that is none of the log has no hash that a checkpoint could have.
    signed = head == null ? signed : Math.max(signed, head.lines());
    signing = new Signing.Going();
    if (waiting) {
      log.info("The audit log goes on from what was signed of it, and is signed again");
    }
  }

  private boolean isAwaited(int reading) {
    return signing instanceof Signing.Waiting && reading == readings;
  }

  private synchronized void refuse(Contradiction because, int reading) {
    if (isAwaited(reading)) {
      signing = new Signing.Refused(because);
      ended.clear();
      log.error(
          "The audit log is NOT what was signed of it: {}. It was changed, cut off or replaced by an older copy"
              + " while no agent ran. No checkpoint is signed any more; logging goes on. Stop the agent, verify"
              + " the log with --broker, put back files that fit and start it again: what they lack comes again"
              + " from the broker. Where there are none, name what is missing by state-break, and it is signed again;"
              + " or keep this directory as evidence and set audit.directory to another one, where a log of its own"
              + " begins",
          because);
    }
  }

  private synchronized void await(Exception because) {
    if (!(signing instanceof Signing.Waiting) || Thread.currentThread().isInterrupted()) {
      return;
    }
    signing = new Signing.Waiting("what was signed of it cannot be told: " + because.getMessage());
    if (!waiting) {
      waiting = true;
      log.warn(
          "What was signed of the audit log cannot be told ({}): it is asked again, and no checkpoint is"
              + " signed until then; logging goes on. The agent needs READ on the topic {}",
          because.toString(),
          TOPIC);
    }
  }

  /** As a start finds it: it may not be what this process signed. */
  @Override
  public synchronized void logWasReadAgain() {
    readings++;
    ended.clear();
    signed = -1;
    waiting = true;
    signing = new Signing.Waiting("another program changed the log, and it is compared anew");
  }

  @Override
  public void logCloses(LogHead at) {
    sign(at);
  }

  @Override
  public long witnessed(String file) throws IOException {
    return files.signedBytes(file, logId, breaks);
  }

  @Override
  public Optional<String> statement(long lines) {
    return breaks.statement(lines);
  }

  /** Has this called after each one that was written. */
  public void onAppend(Runnable called) {
    onAppend = called;
  }

  private synchronized void write(LogHead head) throws IOException {
    if (head.lines() <= signed || head.chain().equals(LineChain.start(logId))) {
      return;
    }
    if (head.end().position() == 0) {
      // No line ends there: a crash came after the file was made. The end of the file before was
      // signed when it was closed.
      return;
    }
    Checkpoint before = last;
    if (before != null
        && before.lines() == head.lines()
        && before.chain().equals(head.chain())
        && before.end().equals(head.end())) {
      return;
    }
    Checkpoint next = Checkpoint.of(logId, head, time(before, head));
    files.append(CheckpointFiles.of(head.end().file()), key.sign(next.text()));
    last = next;
    signed = head.lines();
    onAppend.run();
  }

  /** Never before what it covers, whatever the clock says. */
  private Instant time(@Nullable Checkpoint before, LogHead head) {
    Instant time = breaks.noEarlierThan(clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (time.isBefore(head.loggedAt())) {
      time = head.loggedAt();
    }
    return before != null && time.isBefore(before.time()) ? before.time() : time;
  }
}
