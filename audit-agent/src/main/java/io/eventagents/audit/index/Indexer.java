package io.eventagents.audit.index;

import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogEnd;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.MalformedLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;

/**
 * Follows the log with the index: whatever is on disk and not indexed yet, from where the database
 * says it stopped. With the database down the log goes on, and the index catches up afterwards.
 */
public final class Indexer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Indexer.class);

  private static final int LINES_AT_ONCE = 2000;
  private static final long BYTES_AT_ONCE = 8L * 1024 * 1024;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private final LogDirectory directory;
  private final LogEnd end;
  private final RecordIndex index;
  private final Counter mismatches;
  private final Counter unreadable;
  private final Counter refused;

  private @Nullable Thread thread;
  private volatile @Nullable LogPlace indexed;

  /**
   * @param directory where the log is
   * @param end how far it is on disk
   */
  public Indexer(LogDirectory directory, LogEnd end, RecordIndex index, MeterRegistry meters) {
    this.directory = directory;
    this.end = end;
    this.index = index;
    this.mismatches =
        Counter.builder("audit.records.mismatched")
            .description("Records whose headers say something else than their body")
            .register(meters);
    this.unreadable =
        Counter.builder("audit.records.unreadable")
            .description("Records without a readable event type")
            .register(meters);
    this.refused =
        Counter.builder("audit.index.refused")
            .description("Lines that the index could not take; the log has them")
            .register(meters);
    Gauge.builder("audit.index.lag", this, Indexer::lag)
        .description("Bytes of the log that are not indexed yet")
        .baseUnit("bytes")
        .register(meters);
  }

  @Override
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofPlatform().name("audit-index").daemon().start(this::follow);
    }
  }

  @Override
  public void stop() {
    Thread stopping;
    synchronized (this) {
      stopping = thread;
      thread = null;
    }
    if (stopping != null) {
      stopping.interrupt();
      try {
        stopping.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  private void follow() {
    Duration delay = FIRST_DELAY;
    boolean failing = false;
    while (isRunning()) {
      try {
        Session session = new Session();
        if (failing) {
          failing = false;
          log.info("The audit index is written again, {} bytes behind the log", (long) lag());
        }
        delay = FIRST_DELAY;
        session.follow();
      } catch (IOException | RuntimeException e) {
        if (!isRunning()) {
          return;
        }
        if (!failing) {
          failing = true;
          log.warn(
              "The audit index cannot be written; the log goes on, the index follows later", e);
        }
        delay = pause(delay);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static Duration pause(Duration delay) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration doubled = delay.multipliedBy(2);
    return doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
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

  /** From a failure to the next. */
  private final class Session {

    private final int number = index.enter(directory);
    private @Nullable LogPlace place = known(index.indexed(number));

    Session() throws IOException {
      indexed = place;
    }

    void follow() throws IOException, InterruptedException {
      while (isRunning()) {
        end.awaitBeyond(place, LOOK_AGAIN);
        LogPlace to = end.get();
        if (to != null && (place == null || place.compareTo(to) < 0)) {
          catchUp(to);
          // A file may have no line yet.
          place = to;
        }
      }
    }

    /** Where the log does not hold that place, it is another one: all of it is indexed again. */
    private @Nullable LogPlace known(@Nullable LogPlace stored) throws IOException {
      LogPlace to = end.get();
      if (stored == null || to == null || stored.compareTo(to) > 0) {
        if (stored != null) {
          log.warn("The audit log has no {}, which was indexed: indexing all of it again", stored);
        }
        return null;
      }
      return stored;
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

    private void index(LogPlace from, long size) throws IOException {
      try (LogReader reader = new LogReader(directory, from)) {
        List<LogLine> lines = new ArrayList<>();
        long bytes = 0;
        LogLine line = reader.next(size);
        while (line != null && isRunning()) {
          lines.add(line);
          bytes += line.text().length;
          LogLine next = reader.next(size);
          if (next == null || lines.size() == LINES_AT_ONCE || bytes >= BYTES_AT_ONCE) {
            store(lines);
            lines.clear();
            bytes = 0;
          }
          line = next;
        }
      }
    }

    private void store(List<LogLine> lines) {
      List<IndexedRecord> records = new ArrayList<>(lines.size());
      for (LogLine line : lines) {
        try {
          records.add(RecordReading.of(line, LineReader.read(line.text())));
        } catch (MalformedLine e) {
          refused.increment();
          log.warn("The line in {} is not one of the audit log: {}", line.start(), e.getMessage());
        }
      }
      LogPlace upTo = lines.getLast().end();
      try {
        index.store(number, records, upTo);
      } catch (NonTransientDataAccessException e) {
        rethrowOutage(e);
        storeEach(records, upTo, e);
      }
      count(records);
      place = upTo;
      indexed = upTo;
    }

    /** One record that the database refuses must not keep the others out. */
    private void storeEach(List<IndexedRecord> records, LogPlace upTo, Exception because) {
      log.warn("PostgreSQL refuses one of {} records; storing each", records.size(), because);
      for (IndexedRecord record : records) {
        try {
          index.store(number, List.of(record), record.place());
        } catch (NonTransientDataAccessException e) {
          rethrowOutage(e);
          refused.increment();
          log.error("The index takes the record in {} in part only", record.place(), e);
          index.store(number, List.of(record.bare()), record.place());
        }
      }
      index.store(number, List.of(), upTo);
    }

    private static void rethrowOutage(NonTransientDataAccessException e) {
      if (e instanceof NonTransientDataAccessResourceException) {
        throw e;
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
