package io.eventagents.audit.erasure;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.audit.archive.RemovedFiles;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogPlace;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.Uuid;
import org.springframework.transaction.support.TransactionTemplate;

/** What one can ask of erasures. Thread-safe. */
final class Erasures {

  private final LogDirectory directory;
  private final AuditLog log;
  private final RemovedFiles removed;
  private final ErasureStore store;
  private final TransactionTemplate transaction;
  private final EventPublisher<ErasureEvent> events;
  private final Clock clock;
  private final Semaphore counting = new Semaphore(1);

  Erasures(
      LogDirectory directory,
      AuditLog log,
      RemovedFiles removed,
      ErasureStore store,
      TransactionTemplate transaction,
      EventPublisher<ErasureEvent> events,
      Clock clock) {
    this.directory = directory;
    this.log = log;
    this.removed = removed;
    this.store = store;
    this.transaction = transaction;
    this.events = events;
    this.clock = clock;
  }

  /** Takes an erasure up; both it and its event are kept when this returns. */
  Erasure request(ErasureRequest request, String requestedBy, CorrelationId correlation) {
    String id = Uuid.randomUuid().toString();
    String sha256 = request.subject().sha256(id);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Event<ErasureEvent.Requested> event =
                  events.publish(
                      new ErasureEvent.Requested(
                          id, directory.id().toString(), request.reason(), requestedBy, sha256),
                      Cause.call(correlation, "api-erasure-" + id));
              Erasure erasure =
                  new Erasure(
                      id,
                      request.subject(),
                      sha256,
                      request.reason(),
                      requestedBy,
                      clock.instant().truncatedTo(ChronoUnit.MICROS),
                      request.wholeChains(),
                      correlation.value(),
                      event.eventId(),
                      ErasureState.REQUESTED,
                      null,
                      null,
                      0,
                      null,
                      null,
                      null);
              store.insert(erasure);
              return erasure;
            }));
  }

  /**
   * Counts what an erasure would erase now. Reads all of the log, and so one at a time.
   *
   * @throws org.springframework.web.ErrorResponseException where another is under way
   */
  DryRun dryRun(ErasureRequest request) throws IOException {
    if (!counting.tryAcquire()) {
      throw ErasureProblems.busy();
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

  Optional<Erasure> find(String id) {
    return store.find(id);
  }

  List<Erasure> latest(int atMost) {
    return store.latest(atMost);
  }

  /**
   * What would be erased.
   *
   * @param records how many lines
   * @param files how many files they are in
   * @param chains how many chains the subject is concerned by
   * @param bytes how many these lines have
   */
  record DryRun(long records, long files, long chains, long bytes) {}
}
