package io.eventagents.audit.index;

import io.eventagents.DatabaseFailure;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogEnd;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.MalformedLine;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.Backoff;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Indexes what is on disk and not indexed yet, starting at the place that the database has. If the
 * database is down, the log continues and the index catches up later.
 */
public final class Indexer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Indexer.class);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Backoff DELAYS = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private static final String OUTAGE = "the database cannot be asked";

  private final LogDirectory directory;
  private final LogEnd end;
  private final RecordIndex index;
  private final Counter mismatches;
  private final Counter unreadable;
  private final Counter refused;
  private final SuspectLine suspect = new SuspectLine();

  private final BackgroundLoop loop =
      BackgroundLoop.named("audit-index")
          .interruptAfter(Duration.ZERO)
          .onFailure(this::failed)
          .repeating(this::follow);

  private volatile RecordsInPart inPart = RecordsInPart.NONE;

  /** How it fails; null if it does not. */
  private volatile @Nullable String failing;

  private Duration delay = Duration.ZERO;

  /** How many restarts of the log the index has followed. */
  private int followed;

  private volatile @Nullable LogPlace indexed;

  /**
   * @param directory the directory of the log
   * @param end the end of the log on disk
   */
  public Indexer(LogDirectory directory, LogEnd end, RecordIndex index, MeterRegistry meters) {
    this.directory = directory;
    this.end = end;
    this.index = index;
    this.mismatches =
        Counter.builder("audit.records.mismatched")
            .description("Records whose headers and body disagree")
            .register(meters);
    this.unreadable =
        Counter.builder("audit.records.unreadable")
            .description("Records without a readable event type")
            .register(meters);
    this.refused =
        Counter.builder("audit.index.refused")
            .description("Lines that the index could not store; the log has them")
            .register(meters);
    Gauge.builder("audit.index.partial", this, indexer -> indexer.inPart().count())
        .description("Records of which the index has only the position and the ids")
        .register(meters);
    Gauge.builder("audit.index.lag", this, Indexer::lag)
        .description("Bytes of the log that are not indexed yet")
        .baseUnit("bytes")
        .register(meters);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  /**
   * Why the index does not follow the log at present, other than an outage of the database; empty
   * if it does.
   */
  public Optional<String> trouble() {
    return Optional.ofNullable(failing).filter(kind -> !kind.equals(OUTAGE));
  }

  /** The records that are indexed in part, as of the last query. */
  public RecordsInPart inPart() {
    return inPart;
  }

  private Duration follow() throws IOException, InterruptedException {
    new Session().follow();
    return Duration.ZERO;
  }

  private Duration failed(Throwable e) {
    if (!isRunning()) {
      return Duration.ZERO;
    }
    String kind = DatabaseFailure.comesBack(e) ? OUTAGE : e.getClass().getSimpleName();
    if (!kind.equals(failing)) {
      failing = kind;
      log.warn(
          "The audit index cannot be written; the log continues, and the index will catch up", e);
    }
    delay = DELAYS.next(delay);
    return delay;
  }

  /** Notes that something was stored, or that there was nothing to store. */
  private void recovered() {
    if (failing != null) {
      failing = null;
      log.info("The audit index is written again, {} bytes behind the log", (long) lag());
    }
    delay = Duration.ZERO;
  }

  private void refuse(LogLine line, MalformedLine because) {
    refused.increment();
    log.warn("The line in {} is not one of the audit log: {}", line.start(), because.getMessage());
  }

  private double lag() {
    LogPlace to = end.get();
    if (to == null) {
      return 0;
    }
    LogPlace from = indexed;
    try {
      long bytes = to.position();
      for (String file : directory.files()) {
        if ((from == null || file.compareTo(from.file()) >= 0) && file.compareTo(to.file()) < 0) {
          bytes += directory.size(file);
        }
      }
      return bytes - (from == null ? 0 : from.position());
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** The time from one failure to the next. */
  private final class Session {

    private final int restarts = end.restarts();
    private final int number = index.enter(directory);
    private final IndexWriter writer =
        new IndexWriter(index, number, record -> refused.increment());
    private @Nullable LogPlace place;

    Session() throws IOException {
      IndexStart start = new IndexStart(directory, index, number);
      String from = end.restartedFrom();
      if (restarts != followed && from != null) {
        place = start.before(from);
      } else {
        place = start.behind(end.get());
      }
      followed = restarts;
      indexed = place;
    }

    void follow() throws IOException, InterruptedException {
      while (isRunning() && end.restarts() == restarts) {
        LogPlace to = end.get();
        if (to != null && (place == null || place.compareTo(to) < 0)) {
          catchUp(to);
          // A file may have no line yet.
          place = to;
        } else {
          recovered();
          inPart = index.inPart(number);
          end.awaitBeyond(place, LOOK_AGAIN);
        }
      }
    }

    private void catchUp(LogPlace to) throws IOException {
      for (String file : directory.files()) {
        boolean before = place != null && file.compareTo(place.file()) < 0;
        if (!before && file.compareTo(to.file()) <= 0 && isRunning()) {
          boolean within = place != null && file.equals(place.file());
          long size = file.equals(to.file()) ? to.position() : directory.size(file);
          index(new LogPlace(file, within && place != null ? place.position() : 0), size);
        }
      }
    }

    /** Reads and parses lines while the database stores the batch before. */
    private void index(LogPlace from, long size) throws IOException {
      try (LogReader reader = new LogReader(directory, from);
          Writing writing = new Writing()) {
        LogPlace next = from;
        while (isRunning()) {
          List<LogLine> lines = IndexBatch.lines(reader, size, suspect.most(next));
          if (lines.isEmpty()) {
            break;
          }
          index(lines, writing);
          next = lines.getLast().end();
        }
        writing.await();
      }
    }

    private void index(List<LogLine> lines, Writing writing) {
      IndexSpan span = IndexSpan.appended(lines);
      writing.begin(read(lines, span));
      if (suspect.isAlone(span.from())) {
        writing.await();
      }
    }

    private IndexBatch read(List<LogLine> lines, IndexSpan span) {
      try {
        return IndexBatch.of(number, lines, span, suspect, Indexer.this::refuse);
      } catch (RuntimeException | Error e) {
        suspect.failed(span, e);
        throw e;
      }
    }

    private void stored(IndexBatch batch) {
      count(batch.records());
      place = batch.span().to();
      indexed = batch.span().to();
      recovered();
    }

    /** At most one batch is on its way to the database. */
    private final class Writing implements AutoCloseable {

      private @Nullable IndexBatch batch;
      private @Nullable FutureTask<IndexBatch> written;

      void begin(IndexBatch next) {
        await();
        batch = next;
        FutureTask<IndexBatch> task = new FutureTask<>(() -> writer.write(next), next);
        written = task;
        Thread.ofVirtual().name("audit-index-write").start(task);
      }

      /**
       * Returns when the batch is stored.
       *
       * @throws RuntimeException if the database threw it
       * @throws Error if the writing ended with it
       */
      void await() {
        FutureTask<IndexBatch> awaited = written;
        IndexBatch stored = batch;
        if (awaited == null || stored == null) {
          return;
        }
        try {
          awaited.get();
          written = null;
        } catch (ExecutionException e) {
          Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
          suspect.failed(stored.span(), cause);
          if (cause instanceof RuntimeException failure) {
            throw failure;
          }
          if (cause instanceof Error failure) {
            throw failure;
          }
          throw new IllegalStateException("The index could not be written", cause);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancellationException("Stopped while the index was written");
        }
        stored(stored);
      }

      /** Waits for the batch, so that nothing else is written beside it. */
      @Override
      public void close() {
        FutureTask<IndexBatch> left = written;
        boolean interrupted = false;
        while (left != null && !left.isDone()) {
          try {
            left.get();
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (ExecutionException e) {
            log.debug("The last batch was not indexed either", e);
          }
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private void count(List<IndexedRecord> records) {
      for (IndexedRecord record : records) {
        if (!record.mismatches().isEmpty()) {
          mismatches.increment();
        }
        if (record.eventType() == null) {
          unreadable.increment();
        }
      }
    }
  }
}
