package io.eventagents.audit.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Makes the index again from the log, part by part, each part at once: questions are answered, and
 * the log is followed, meanwhile. What the index has and the log has not is dropped. Rows of files
 * that are older than all that the log has are left, since old files may be moved away.
 * Thread-safe; runs once at a time.
 */
public final class Reindexing {

  private static final Logger log = LoggerFactory.getLogger(Reindexing.class);

  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final LogDirectory directory;
  private final RecordIndex index;
  private final Clock clock;

  private volatile Progress progress = new Progress(State.IDLE, 0, 0, 0, null, null, null);

  /** Of the index of this log. */
  public Reindexing(LogDirectory directory, RecordIndex index, Clock clock) {
    this.directory = directory;
    this.index = index;
    this.clock = clock;
  }

  /** Whether it is at work. */
  public enum State {
    /** It was not asked for since the start. */
    IDLE,
    /** It is at work. */
    RUNNING,
    /** All of it is made. */
    DONE,
    /** It stopped in the middle: what it had not come to is as it was. */
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
   * @param ofBytes of how many
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
   * Begins in the background.
   *
   * @return false where it is at work already
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
                log.error("The audit index was not made again whole: {}", e.getMessage(), e);
              }
            });
    return true;
  }

  /**
   * Makes all of it while nobody follows the log, and returns when it is made.
   *
   * @throws IOException where the log cannot be read
   * @throws org.springframework.dao.DataAccessException where the database cannot be written
   * @throws IllegalStateException where it is at work already
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
    private final SuspectLine caution = new SuspectLine();
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
        return; // Who follows the log is about to make all of it.
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
      List<String> rows = index.files(number);
      // Looked up afterwards: what is indexed of a new file is there before.
      List<String> now = directory.files();
      for (String file : rows) {
        boolean older = now.isEmpty() || file.compareTo(now.getFirst()) < 0;
        if (!older && !now.contains(file)) {
          dropped += index.drop(number, file);
        }
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
        index.drop(
            number,
            new IndexSpan(
                new LogPlace(file, replaced), new LogPlace(file, Long.MAX_VALUE), true, false));
      }
    }

    /**
     * Replaces the rows of some lines, and returns up to where. No erasure replaces the file
     * meanwhile: its payloads would come back with lines that were read before.
     */
    private long batch(String file, long from, long size) throws IOException {
      LogPlace start = new LogPlace(file, from);
      for (int attempt = 0; ; attempt++) {
        try {
          return batchOnce(file, from, size);
        } catch (RuntimeException | Error e) {
          if (Refusals.isOutage(e) || attempt > SuspectLine.ATTEMPTS) {
            throw e;
          }
          log.debug("The lines from {} on could not be indexed", start, e);
          pause();
        }
      }
    }

    private long batchOnce(String file, long from, long size) throws IOException {
      directory.changes().lock();
      try (LogReader reader = new LogReader(directory, new LogPlace(file, from))) {
        List<LogLine> lines = new ArrayList<>();
        long bytes = 0;
        int most = caution.most(new LogPlace(file, from));
        LogLine line = reader.next(size);
        while (line != null && line.complete()) {
          lines.add(line);
          bytes += line.text().length;
          boolean full = lines.size() == most || bytes >= IndexBatch.BYTES;
          line = full ? null : reader.next(size);
        }
        return lines.isEmpty() ? from : replace(lines, from);
      } finally {
        directory.changes().unlock();
      }
    }

    private long replace(List<LogLine> lines, long from) {
      LogPlace to = lines.getLast().end();
      boolean advances = indexed == null || indexed.compareTo(to) < 0;
      IndexSpan span = new IndexSpan(new LogPlace(to.file(), from), to, true, advances);
      IndexBatch batch;
      try {
        batch =
            caution.setsAside(span.from())
                ? IndexBatch.ofHeads(number, lines, span, caution.reason(), Run::refuse)
                : IndexBatch.of(number, lines, span, Run::refuse);
        writer.write(batch);
      } catch (RuntimeException | Error e) {
        caution.failed(span, e);
        throw e;
      }
      add(batch.records().size(), to.position() - from, 0);
      return to.position();
    }

    private static void refuse(LogLine line, MalformedLine malformed) {
      log.warn(
          "The line in {} is not one of the audit log: {}", line.start(), malformed.getMessage());
    }

    /** What somebody else takes of the memory may be free again. */
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
