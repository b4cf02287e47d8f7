package io.eventagents.audit.proof;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what the log is: where a file of it ends, when it is closed, and whenever it is asked to.
 * Thread-safe.
 */
public final class Checkpoints implements LogWitness {

  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

  private final String logId;
  private final CheckpointFiles files;
  private final SigningKey key;
  private final Clock clock;
  private volatile @Nullable Checkpoint last;
  private volatile Runnable onAppend = () -> {};
  private boolean failing;

  /** Lines of the log when this process signed it last. */
  private long signed = -1;

  private Checkpoints(LogDirectory directory, CheckpointFiles files, SigningKey key, Clock clock)
      throws IOException {
    this.logId = directory.id().toString();
    this.files = files;
    this.key = key;
    this.clock = clock;
    this.last = files.last();
  }

  /**
   * Those of a log.
   *
   * @param signingKey where the key is that signs them; null for beside the log
   * @param formerSigningKey where the key is that it follows; null where it follows none
   * @throws SigningKeyUnusable where they could not be signed
   * @throws UncheckedIOException where the directory cannot be read or written
   */
  public static Checkpoints open(
      LogDirectory directory,
      @Nullable Path signingKey,
      @Nullable Path formerSigningKey,
      Clock clock) {
    CheckpointFiles files = new CheckpointFiles(directory.path());
    try {
      SigningKey key = new SigningKeys(directory, files, clock).open(signingKey, formerSigningKey);
      return new Checkpoints(directory, files, key, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The checkpoints beside the audit log in " + directory.path() + " cannot be opened", e);
    }
  }

  /** The last one; null where there is none yet. */
  public @Nullable Checkpoint last() {
    return last;
  }

  /** The public half of the key that signs them. */
  public VerificationKey key() {
    return key.verification();
  }

  /** Signs what the log is now, where that was not signed yet. */
  public synchronized void sign(@Nullable LogHead head) {
    try {
      if (head != null) {
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

  /** No file ends without a checkpoint: it would be missed by who verifies. */
  @Override
  public void fileEnds(LogHead at) throws IOException {
    write(at);
  }

  @Override
  public void logCloses(LogHead at) {
    sign(at);
  }

  @Override
  public long witnessed(String file) throws IOException {
    return files.signedBytes(file, logId);
  }

  /** Has this called after each one that was written. */
  void onAppend(Runnable called) {
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
    Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (time.isBefore(head.loggedAt())) {
      time = head.loggedAt();
    }
    return before != null && time.isBefore(before.time()) ? before.time() : time;
  }
}
