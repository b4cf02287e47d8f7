package io.eventagents.audit.evidence;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogHead;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.Checkpoints;
import io.eventagents.audit.proof.LogBreak;
import io.eventagents.audit.proof.Signing;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What the running log is now. Thread-safe. */
public final class LogState {

  /**
   * The log.
   *
   * @param id names it among others
   * @param directory where it is
   * @param files how many daily files there are
   * @param bytes of text in them
   * @param lines how many lines it has
   * @param chain the hash of the last line; null if it is empty
   * @param file the file that is written; null if there is none
   * @param position where the last line ends in it
   * @param loggedAt when the last line was logged; null if it is empty
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Log(
      String id,
      String directory,
      int files,
      long bytes,
      long lines,
      @Nullable String chain,
      @Nullable String file,
      long position,
      @Nullable Instant loggedAt) {}

  /**
   * The last checkpoint.
   *
   * @param lines that it covers
   * @param chain the hash of the last of them
   * @param time when it was made
   * @param file where it ends
   * @param position where in that file
   * @param key the public half of the key that signs, as a verifier pins it
   * @param unpublished notes that are not on the broker yet
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Signed(
      long lines,
      String chain,
      Instant time,
      String file,
      long position,
      String key,
      long unpublished) {}

  private final LogDirectory directory;
  private final AuditLog auditLog;
  private final Checkpoints checkpoints;
  private final CheckpointPublisher publisher;

  LogState(
      LogDirectory directory,
      AuditLog auditLog,
      Checkpoints checkpoints,
      CheckpointPublisher publisher) {
    this.directory = directory;
    this.auditLog = auditLog;
    this.checkpoints = checkpoints;
    this.publisher = publisher;
  }

  /**
   * The log.
   *
   * @throws IOException if the directory cannot be read
   */
  public Log log() throws IOException {
    List<String> names = directory.files();
    long bytes = 0;
    for (String name : names) {
      bytes += directory.size(name);
    }
    LogHead head = auditLog.head();
    return new Log(
        directory.id().toString(),
        directory.path().toString(),
        names.size(),
        bytes,
        head == null ? 0 : head.lines(),
        head == null ? null : head.chain(),
        head == null ? null : head.end().file(),
        head == null ? 0 : head.end().position(),
        head == null ? null : head.loggedAt());
  }

  /** What another program did to it, since when it is not written; empty if nothing. */
  public Optional<String> foreignChange() {
    return auditLog.foreignChange();
  }

  /** Lines that were signed and are in no file, as was stated, in words. */
  public List<String> breaks() {
    return checkpoints.breaks().stream().map(LogBreak::toString).toList();
  }

  /** Whether it is signed. */
  public Signing signing() {
    return checkpoints.signing();
  }

  /** The last checkpoint; null if there is none yet. */
  public @Nullable Signed checkpoint() {
    Checkpoint last = checkpoints.last();
    return last == null
        ? null
        : new Signed(
            last.lines(),
            last.chain(),
            last.time(),
            last.end().file(),
            last.end().position(),
            checkpoints.key().toString(),
            publisher.unpublished());
  }
}
