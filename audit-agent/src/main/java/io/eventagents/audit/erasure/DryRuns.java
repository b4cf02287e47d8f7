package io.eventagents.audit.erasure;

import io.eventagents.audit.archive.RemovedFiles;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.http.Problems;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;

/** Counts what an erasure would erase. Thread-safe. */
final class DryRuns {

  private final LogDirectory directory;
  private final AuditLog log;
  private final RemovedFiles removed;
  private final Semaphore counting = new Semaphore(1);

  DryRuns(LogDirectory directory, AuditLog log, RemovedFiles removed) {
    this.directory = directory;
    this.log = log;
    this.removed = removed;
  }

  /**
   * Counts what an erasure would erase now. It reads the whole log, so only one runs at a time.
   *
   * @throws org.springframework.web.ErrorResponseException if another is running
   */
  DryRun of(ErasureRequest request) throws IOException {
    if (!counting.tryAcquire()) {
      throw Problems.of(
          HttpStatus.CONFLICT,
          "Another dry run is reading the log; try again when it has finished.");
    }
    try {
      return count(request);
    } finally {
      counting.release();
    }
  }

  private DryRun count(ErasureRequest request) throws IOException {
    LogPlace upTo = log.end().get();
    if (upTo == null) {
      return new DryRun(0, 0, 0, 0);
    }
    LogScan scan = new LogScan(directory, removed, () -> true);
    Set<String> chains = ErasureWork.chains(request.subject(), upTo, scan);
    Selection selection =
        new Selection(request.subject(), request.wholeChains() ? chains : Set.of());
    Set<String> files = new HashSet<>();
    long[] count = new long[2];
    scan.lines(
        upTo,
        line -> {
          if (selection.has(line)) {
            files.add(line.start().file());
            count[0]++;
            count[1] += line.text().length;
          }
        });
    return new DryRun(count[0], files.size(), chains.size(), count[1]);
  }

  /**
   * What would be erased.
   *
   * @param records how many lines
   * @param files how many files they are in
   * @param chains how many chains concern the subject
   * @param bytes how large these lines are
   */
  record DryRun(long records, long files, long chains, long bytes) {}
}
