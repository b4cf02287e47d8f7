package io.eventagents.audit.log;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other programs do to the file that is written: from when it is found until the log goes on.
 * Not thread-safe, but for {@link #current}.
 */
final class ForeignChanges {

  private static final Logger log = LoggerFactory.getLogger(ForeignChanges.class);

  private final LogAppender appender;
  private volatile @Nullable String change;

  /** What was there when it was looked at last. */
  private @Nullable FileState seen;

  private boolean rests;

  ForeignChanges(LogAppender appender) {
    this.appender = appender;
  }

  /** Whether there is none, or the log went on. */
  boolean areOver() {
    return change == null;
  }

  /** What was done; empty if the log went on. */
  Optional<String> current() {
    return Optional.ofNullable(change);
  }

  /** Takes note of it. */
  void found(IOException because) {
    if (change == null) {
      log.error(
          "{}. The audit log is neither written nor signed until what is there rests, no record is"
              + " passed over. Don't move or edit the log while the agent runs; what belongs there, put back",
          because.getMessage());
      look();
    }
    change = String.valueOf(because.getMessage());
  }

  /**
   * Whether what was written is in its place again: it was put back, or a copy of it that could be
   * completed.
   *
   * @throws IOException if nothing is in its place, or it cannot be read
   */
  boolean settled() throws IOException {
    try {
      appender.check();
      over("The file of the audit log is again as it was written, and the log goes on");
      return true;
    } catch (ForeignChange e) {
      look();
      if (!rests) {
        return false;
      }
      appender.keepHold();
      long added = appender.goOnInCopy();
      if (added < 0) {
        return false;
      }
      appender.check();
      over(
          "The file of the audit log was replaced by a copy of it; the %d bytes that this lacked were added as they were, and the log goes on"
              .formatted(added));
      return true;
    }
  }

  /**
   * Another program may still be at work.
   *
   * @throws ForeignChange if the file is not as it was when it was looked at last
   */
  void requireRest() throws IOException {
    FileState there = appender.onDisk();
    appender.keepHold();
    if (there != null && !rests) {
      throw new ForeignChange(change + "; it is read again when it rests");
    }
  }

  /** The log goes on. */
  void over(String how) {
    log.warn(how);
    change = null;
    seen = null;
  }

  private void look() {
    try {
      FileState now = appender.onDisk();
      rests = now != null && now.equals(seen);
      seen = now;
    } catch (IOException e) {
      rests = false;
      seen = null;
    }
  }
}
