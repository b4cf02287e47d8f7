package io.eventagents.audit.erasure;

import io.eventagents.audit.archive.RemovedFiles;
import io.eventagents.audit.log.LogContent;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Reads the log up to a place, in the directory and in the bucket. */
final class LogScan {

  private static final int LINES_BETWEEN_LOOKS = 1024;

  private final LogDirectory directory;
  private final RemovedFiles removed;
  private final BooleanSupplier wanted;

  /**
   * @param wanted whether to continue
   */
  LogScan(LogDirectory directory, RemovedFiles removed, BooleanSupplier wanted) {
    this.directory = directory;
    this.removed = removed;
    this.wanted = wanted;
  }

  /** The names of the files up to a place, oldest first. */
  List<String> files(LogPlace upTo) throws IOException {
    return Stream.concat(directory.files().stream(), removed.names().stream())
        .distinct()
        .sorted()
        .filter(file -> file.compareTo(upTo.file()) <= 0)
        .toList();
  }

  /**
   * Visits all lines up to a place.
   *
   * @throws CancellationException if it is not wanted any more
   */
  void lines(LogPlace upTo, Visitor visitor) throws IOException {
    for (String file : files(upTo)) {
      lines(file, upTo, visitor);
    }
  }

  private void lines(String file, LogPlace upTo, Visitor visitor) throws IOException {
    if (directory.content().has(file)) {
      lines(directory.content().open(file), file, upTo, visitor);
      return;
    }
    Path fetched = fetch(file);
    try {
      lines(LogFiles.openCompressed(fetched), file, upTo, visitor);
    } finally {
      Files.deleteIfExists(fetched);
    }
  }

  /** Fetches a file that is no longer in the directory, under another name. */
  Path fetch(String file) throws IOException {
    // Several scans may need the same file at once.
    Path fetched =
        Files.createTempFile(
            directory.path(), file + LogFiles.COMPRESSED + ".", ".fetched" + LogFiles.FRESH);
    try {
      removed.fetch(file, fetched);
      return fetched;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(fetched);
      throw e;
    }
  }

  /** Visits the lines of one file, and closes it. */
  void lines(LogContent content, String file, LogPlace upTo, Visitor visitor) throws IOException {
    long end = file.equals(upTo.file()) ? upTo.position() : Long.MAX_VALUE;
    try (LogReader reader = new LogReader(content, new LogPlace(file, 0))) {
      int count = 0;
      for (LogLine line = reader.next(end); line != null; line = reader.next(end)) {
        if (count++ % LINES_BETWEEN_LOOKS == 0 && !wanted.getAsBoolean()) {
          throw new CancellationException("Stopped while the log was read");
        }
        visitor.see(line);
      }
    }
  }

  /** Visits lines. */
  @FunctionalInterface
  interface Visitor {
    void see(LogLine line) throws IOException;
  }
}
