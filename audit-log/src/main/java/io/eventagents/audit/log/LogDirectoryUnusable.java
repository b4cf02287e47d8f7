package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Thrown at the start when the directory of the log cannot be written by this process. */
public final class LogDirectoryUnusable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  private LogDirectoryUnusable(String message, String action, @Nullable Throwable cause) {
    super(message, cause);
    this.action = action;
  }

  static LogDirectoryUnusable inUse(Path directory, String processId) {
    return new LogDirectoryUnusable(
        "The audit log in "
            + directory
            + " is being written by another audit agent"
            + (processId.isEmpty() ? "" : ", process " + processId)
            + "; a log has one writer.",
        "Stop the other one, or give this one a directory of its own by audit.directory.",
        null);
  }

  static LogDirectoryUnusable because(Path directory, IOException cause) {
    return new LogDirectoryUnusable(
        "The audit log in " + directory + " cannot be opened: " + cause,
        "Make the directory writable for this process, or choose another by audit.directory.",
        cause);
  }

  /** What to do about it. */
  public String action() {
    return action;
  }
}
