package io.eventagents.audit.verification;

import io.eventagents.audit.proof.Checkpoint;
import org.jspecify.annotations.Nullable;

/** How far signed checkpoints reach. Not thread-safe. */
final class SignedLog {

  private @Nullable Checkpoint seen;
  private @Nullable Checkpoint fitting;
  private long count;

  /** Whether this checkpoint goes back behind one that was seen. */
  boolean isBefore(Checkpoint checkpoint) {
    Checkpoint last = seen;
    return last != null
        && (checkpoint.lines() < last.lines() || checkpoint.time().isBefore(last.time()));
  }

  void seen(Checkpoint checkpoint) {
    seen = checkpoint;
  }

  void extendTo(Checkpoint checkpoint) {
    fitting = checkpoint;
    count++;
  }

  /** The last one that fits the log; null where none does. */
  @Nullable Checkpoint last() {
    return fitting;
  }

  /** The last one there is, whether it fits or not. */
  @Nullable Checkpoint lastSeen() {
    return seen;
  }

  /** How many fit. */
  long count() {
    return count;
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
