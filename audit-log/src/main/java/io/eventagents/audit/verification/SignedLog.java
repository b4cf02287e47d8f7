package io.eventagents.audit.verification;

import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far signed checkpoints reach. Not thread-safe. */
final class SignedLog {

  private @Nullable Checkpoint seen;
  private @Nullable Checkpoint fitting;
  private long count;

  /** The files that others follow and whose ends nobody had signed by then. */
  private final List<String> unsigned = new ArrayList<>();

  private long unsignedLines;

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

  /** The last one that fits the log; null if none does. */
  @Nullable Checkpoint last() {
    return fitting;
  }

  /** How many fit. */
  long count() {
    return count;
  }

  /**
   * A file that another follows has no checkpoint of its end. Before the first one there is, it may
   * be older than signing.
   *
   * @param lines of the log up to its end
   */
  void lacksEnd(String file, long lines, Findings changes) {
    Checkpoint last = seen;
    if (last == null) {
      unsigned.add(file);
      unsignedLines = lines;
    } else {
      lacksEnd(file, lines, "the last one, of %d lines".formatted(last.lines()), changes);
    }
  }

  /** Says what is missing if there is no checkpoint at all. */
  void conclude(TrustedKeys keys, LogExtent extent, Findings changes) {
    if (seen != null) {
      return;
    }
    String first = extent.firstFile();
    if (keys.isPinned() && extent.lines() > 0 && first != null) {
      changes.add(
          CheckpointFiles.of(first), 0, -1, "checkpoints signed by " + keys.named(), "none");
    } else if (!unsigned.isEmpty()) {
      lacksEnd(unsigned.getLast(), unsignedLines, "none", changes);
    }
  }

  /** The files that others follow and that are older than the first checkpoint; oldest first. */
  List<String> unsignedFiles() {
    return List.copyOf(unsigned);
  }

  private static void lacksEnd(String file, long lines, String found, Findings changes) {
    changes.add(
        CheckpointFiles.of(file),
        0,
        -1,
        "a checkpoint of all %d lines up to the end of %s, since the log went on in another file"
            .formatted(lines, file),
        found);
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
