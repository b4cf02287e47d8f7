package io.eventagents.audit.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventagents.DatabaseFailure;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Makes the index again from the log, part by part, each part in one transaction. Queries are
 * answered and the log is followed meanwhile. Rows without a line in the log are dropped, except
 * rows of files older than every file of the log, because old files may be moved away. Thread-safe;
 * one run at a time.
 */
public final class Reindexing {

  private static final Logger log = LoggerFactory.getLogger(Reindexing.class);

  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final LogDirectory directory;
  private final RecordIndex index;
  private final Clock clock;

  private volatile Progress progress = new Progress(State.IDLE, 0, 0, 0, null, null, null);

  /** Makes the index of this log again. */
  public Reindexing(LogDirectory directory, RecordIndex index, Clock clock) {
    this.directory = directory;
    this.index = index;
    this.clock = clock;
  }

  /** Whether it is at work. */
  public enum State {
    /** Nobody has asked for it since the application started. */
    IDLE,
    /** It is at work. */
    RUNNING,
    /** The whole index is made. */
    DONE,
    /** It stopped before the end. The rest of the index is as it was. */
    FAILED;

    /** Its name as clients see it. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How far it is.
   *
   * @param records how many records it has stored
   * @param bytes how many bytes of the log it has read
   * @param ofBytes how many bytes it has to read
   * @param failure why it stopped
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Progress(
      State state,
      long records,
      long bytes,
      long ofBytes,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String failure) {}

  /** How far it is. */
  public Progress progress() {
    return progress;
  }

  /**
   * Starts in the background.
   *
   * @return false if it is at work already
   */
  public boolean begin() {
    if (!claim()) {
      return false;
    }
    Thread.ofPlatform()
        .name("audit-reindex")
        .daemon()
        .start(
            () -> {
              try {
                work(false);
              } catch (IOException | RuntimeException | Error e) {
                log.error("Making the audit index again failed: {}", e.getMessage(), e);
              }
            });
    return true;
  }

  /**
   * Makes the whole index while nothing follows the log, and returns when it is made.
   *
   * @throws IOException if the log cannot be read
   * @throws org.springframework.dao.DataAccessException if the database cannot be written
   * @throws IllegalStateException if it is at work already
   */
  public void run() throws IOException {
    if (!claim()) {
      throw new IllegalStateException("The index is being made again already");
    }
    work(true);
  }

  private synchronized boolean claim() {
    if (progress.state() == State.RUNNING) {
      return false;
    }
    progress = new Progress(State.RUNNING, 0, 0, 0, clock.instant(), null, null);
    return true;
  }

  /**
   * @param whole whether it goes to the end of the log, or to where it is indexed
   */
  private void work(boolean whole) throws IOException {
    try {
      new Run(whole).work();
      end(State.DONE, null);
      log.info("The audit index is made again, with {} records", progress.records());
    } catch (IOException | RuntimeException | Error e) {
      end(State.FAILED, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void end(State state, @Nullable String failure) {
    Progress last = progress;
    progress =
        new Progress(
            state,
            last.records(),
            last.bytes(),
            last.ofBytes(),
            last.startedAt(),
            clock.instant(),
            failure);
  }

  private final class Run {

    private final int number = index.enter(directory);
    private final SuspectLine suspect = new SuspectLine();
    private final IndexWriter writer = new IndexWriter(index, number, record -> {});
    private final @Nullable LogPlace indexed = index.indexed(number);
    private final @Nullable LogPlace end;
    private final List<String> files;

    Run(boolean whole) throws IOException {
      this.files = directory.files();
      this.end =
          whole && !files.isEmpty()
              ? new LogPlace(files.getLast(), directory.size(files.getLast()))
              : indexed;
    }

    void work() throws IOException {
      LogPlace to = end;
      if (to == null) {
        return; // The indexer is about to index all of it.
      }
      long total = 0;
      for (String file : files) {
        total += size(file, to);
      }
      add(0, 0, total);
      for (String file : files) {
        if (file.compareTo(to.file()) <= 0) {
          replace(file, to);
        }
      }
      int others = dropOthers();
      if (others > 0) {
        log.warn("{} rows of the audit index had no line in the log", others);
      }
    }

    private int dropOthers() throws IOException {
      int dropped = 0;
      for (String file : index.strayFiles(number, directory)) {
        dropped += index.drop(number, file);
      }
      return dropped + index.dropBeyond(number);
    }

    private long size(String file, LogPlace to) throws IOException {
      int compared = file.compareTo(to.file());
      return compared > 0 ? 0 : compared == 0 ? to.position() : directory.size(file);
    }

    private void replace(String file, LogPlace to) throws IOException {
      long size = size(file, to);
      long replaced = 0;
      for (long next = batch(file, 0, size); next > replaced; next = batch(file, next, size)) {
        replaced = next;
      }
      if (!file.equals(to.file())) {
        index.drop(number, IndexSpan.behind(new LogPlace(file, replaced)));
      }
    }

    /**
     * Replaces the rows of some lines, and returns the position behind them. No erasure replaces
     * the file meanwhile, because the lines that were read before it would bring the erased
     * payloads back.
     */
    private long batch(String file, long from, long size) throws IOException {
      LogPlace start = new LogPlace(file, from);
      for (int attempt = 0; ; attempt++) {
        try {
          return batchOnce(start, size);
        } catch (RuntimeException | Error e) {
          if (DatabaseFailure.comesBack(e) || attempt > SuspectLine.ATTEMPTS) {
            throw e;
          }
          log.debug("The lines from {} on could not be indexed", start, e);
          pause();
        }
      }
    }

    private long batchOnce(LogPlace start, long size) throws IOException {
      directory.changes().lock();
      try (LogReader reader = new LogReader(directory, start)) {
        List<LogLine> lines = IndexBatch.lines(reader, size, suspect.most(start));
        lines.removeIf(line -> !line.complete());
        return lines.isEmpty() ? start.position() : replace(lines, start);
      } finally {
        directory.changes().unlock();
      }
    }

    private long replace(List<LogLine> lines, LogPlace start) {
      LogPlace to = lines.getLast().end();
      boolean advances = indexed == null || indexed.compareTo(to) < 0;
      IndexSpan span = new IndexSpan(start, to, true, advances);
      IndexBatch batch;
      try {
        batch = IndexBatch.of(number, lines, span, suspect, Run::refuse);
        writer.write(batch);
      } catch (RuntimeException | Error e) {
        suspect.failed(span, e);
        throw e;
      }
      add(batch.records().size(), to.position() - start.position(), 0);
      return to.position();
    }

    private static void refuse(LogLine line, MalformedLine malformed) {
      log.warn(
          "The line in {} is not one of the audit log: {}", line.start(), malformed.getMessage());
    }

    /** Memory that others used may be free after it. */
    private static void pause() {
      try {
        Thread.sleep(AFTER_FAILURE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("Stopped while the index was made again");
      }
    }

    private void add(long records, long bytes, long ofBytes) {
      Progress last = progress;
      progress =
          new Progress(
              State.RUNNING,
              last.records() + records,
              last.bytes() + bytes,
              last.ofBytes() + ofBytes,
              last.startedAt(),
              null,
              null);
    }
  }
}
