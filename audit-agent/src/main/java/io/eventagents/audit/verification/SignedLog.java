package io.eventagents.audit.verification;

import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far signed checkpoints reach. Not thread-safe. */
final class SignedLog {

  private @Nullable Checkpoint seen;
  private @Nullable Checkpoint fitting;
  private boolean lastFits = true;
  private long count;

  /** Whether this checkpoint goes back behind one that was seen. */
  boolean isBefore(Checkpoint checkpoint) {
    Checkpoint last = seen;
    return last != null
        && (checkpoint.lines() < last.lines() || checkpoint.time().isBefore(last.time()));
  }

  void seen(Checkpoint checkpoint) {
    seen = checkpoint;
    lastFits = false;
  }

  void extendTo(Checkpoint checkpoint) {
    fitting = checkpoint;
    lastFits = true;
    count++;
  }

  /** The last one that fits the log; null where none does. */
  @Nullable Checkpoint last() {
    return fitting;
  }

  /** How many fit. */
  long count() {
    return count;
  }

  /**
   * Says where checkpoints are missing.
   *
   * @param logFiles the names of the daily files, oldest first
   * @param chained whether lines have a chain
   */
  void conclude(
      TrustedKeys keys, List<String> logFiles, LogPass pass, boolean chained, Findings changes) {
    Checkpoint last = fitting;
    long covered = last == null ? 0 : last.lines();
    if (seen == null && keys.isPinned() && pass.lines() > 0) {
      changes.add(
          CheckpointFiles.of(logFiles.getFirst()),
          0,
          -1,
          "checkpoints signed by " + keys.named(),
          "none");
    } else if (covered < pass.linesBeforeNewest() && chained && lastFits) {
      String file = logFiles.get(logFiles.size() - 2);
      changes.add(
          CheckpointFiles.of(file),
          0,
          -1,
          "a checkpoint of all %d lines up to the end of %s, since the log went on in another file"
              .formatted(pass.linesBeforeNewest(), file),
          last == null ? "none" : "the last one, of %d lines".formatted(covered));
    }
  }

  SignedExtent extent(TrustedKeys keys) {
    Checkpoint last = fitting;
    return last == null
        ? new SignedExtent(0, 0, null, 0, null, keys.isPinned(), keys.size())
        : new SignedExtent(
            count,
            last.lines(),
            last.end().file(),
            last.end().position(),
            last.time(),
            keys.isPinned(),
            keys.size());
  }
}
