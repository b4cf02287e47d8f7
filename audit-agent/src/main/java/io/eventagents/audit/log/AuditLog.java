package io.eventagents.audit.log;

import io.eventagents.DependencyUnavailable;
import io.eventagents.ReceivedRecord;
import io.eventagents.RecordBatch;
import io.eventagents.RecordLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent that writes every record to the log.
 *
 * <p>{@link #accept} returns when all records of the batch are on disk; only then are their offsets
 * committed. Each record is logged once: what the log holds already is left, whoever delivers it
 * again. A batch that cannot be written leaves nothing behind and is thrown back, and so is tried
 * again until there is room. Thread-safe: it takes one batch at a time.
 */
public final class AuditLog implements RecordLog, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

  private static final long SAVE_POSITIONS_EVERY = 64L * 1024 * 1024;

  private final LogDirectory directory;
  private final Clock clock;
  private final LogPositions positions = new LogPositions();
  private final PositionsFile positionsFile;
  private final LogAppender appender;
  private final LogEnd end = new LogEnd();
  private final LineFormatter formatter = new LineFormatter();
  private final LineChain chain;
  private final SkippedOffsets skipped = new SkippedOffsets();
  private final GapReasons gapReasons;
  private final LogWitness witness;
  private final Counter loggedRecords;
  private final Counter loggedBytes;
  private final Counter lostRecords;

  /** The log as it is on disk. */
  private volatile @Nullable LogHead head;

  /** Where the last line starts that is on disk. */
  private long lastLine;

  private long savedPosition;
  private boolean clockIsBehind;

  private AuditLog(
      LogDirectory directory,
      Clock clock,
      MeterRegistry meters,
      GapReasons gapReasons,
      LogWitness witness,
      FileOpener opener)
      throws IOException {
    this.directory = directory;
    this.clock = clock;
    this.positionsFile = new PositionsFile(directory);
    LogRecovery.@Nullable Recovered recovered =
        new LogRecovery(directory, positions, witness).recover();
    LogHead known = recovered == null ? null : recovered.head();
    this.appender = new LogAppender(directory, opener, known == null ? null : known.end());
    this.chain =
        new LineChain(known == null ? LineChain.start(directory.id().toString()) : known.chain());
    if (recovered != null && known != null) {
      this.lastLine = recovered.lastLine();
      this.savedPosition = known.end().position();
      this.head = known;
      end.advance(known.end());
    }
    this.gapReasons = gapReasons;
    this.witness = witness;
    this.loggedRecords =
        Counter.builder("audit.log.records")
            .description("Records written to the audit log")
            .register(meters);
    this.loggedBytes =
        Counter.builder("audit.log.bytes")
            .description("Bytes written to the audit log")
            .baseUnit("bytes")
            .register(meters);
    this.lostRecords =
        Counter.builder("audit.log.lost")
            .description("Offsets that the broker deleted before they were read")
            .register(meters);
    log.info("The audit log is in {}", directory.path());
  }

  /**
   * Opens the log in a directory, which this process then holds until it is closed.
   *
   * @param clock tells when a record is logged, and so which file it goes to
   * @throws LogDirectoryUnusable where another process holds it, or it cannot be read or written
   */
  public static AuditLog open(LogDirectory directory, Clock clock, MeterRegistry meters) {
    return open(directory, clock, meters, GapReasons.UNTOLD, LogWitness.NONE);
  }

  /**
   * Opens the log in a directory, which this process then holds until it is closed.
   *
   * @param clock tells when a record is logged, and so which file it goes to
   * @param gapReasons tells why offsets are missing
   * @param witness is shown the log where a file ends
   * @throws LogDirectoryUnusable where another process holds it, or it cannot be read or written
   */
  public static AuditLog open(
      LogDirectory directory,
      Clock clock,
      MeterRegistry meters,
      GapReasons gapReasons,
      LogWitness witness) {
    return open(directory, clock, meters, gapReasons, witness, FileOpener.DISK);
  }

  static AuditLog open(
      LogDirectory directory,
      Clock clock,
      MeterRegistry meters,
      GapReasons gapReasons,
      LogWitness witness,
      FileOpener opener) {
    try {
      return new AuditLog(directory, clock, meters, gapReasons, witness, opener);
    } catch (IOException e) {
      throw LogDirectoryUnusable.because(directory.path(), e);
    }
  }

  /**
   * Writes the records that are not in the log yet, and waits until the disk has them.
   *
   * @throws DependencyUnavailable where the disk is full or fails; nothing of the batch is in the
   *     log then
   */
  @Override
  public synchronized void accept(RecordBatch batch) {
    try {
      append(batch);
    } catch (IOException e) {
      appender.rollback(e);
      throw new DependencyUnavailable(
          "the disk of the audit log in " + directory.path() + " (" + e.getMessage() + ")", e);
    } catch (RuntimeException | Error e) {
      appender.rollback(e);
      throw e;
    }
  }

  @Override
  public OptionalLong nextOffset(String topic, Uuid topicId, int partition) {
    return positions.next(new LogPartition(topic, topicId, partition));
  }

  @Override
  public void skipped(String topic, Uuid topicId, int partition, long from, long to) {
    skipped.add(new Gap(new LogPartition(topic, topicId, partition), from, to));
  }

  /** How far the log is on disk. */
  public LogEnd end() {
    return end;
  }

  /** How far the log is on disk, and what stands for all of it; null where it is empty. */
  public @Nullable LogHead head() {
    return head;
  }

  /** Where the log is. */
  public Path path() {
    return directory.path();
  }

  /**
   * Changes files while nothing is written. Writing goes on in what then stands in their place,
   * which has to be as long.
   *
   * @param change is told where the log ends; null where it is empty
   * @throws IOException as the change does
   */
  public synchronized void changeFiles(FileChange change) throws IOException {
    try {
      change.make(end.get());
    } finally {
      appender.release();
    }
  }

  /** What is done to files while nothing is written. */
  @FunctionalInterface
  public interface FileChange {

    /** Makes it. */
    void make(@Nullable LogPlace end) throws IOException;
  }

  /** Keeps the positions for a quick start, and lets go of the files. */
  @Override
  public synchronized void close() throws IOException {
    formatter.close();
    LogHead last = head;
    if (last != null) {
      savePositions(last);
      witness.logCloses(last);
    }
    appender.close();
  }

  private void append(RecordBatch batch) throws IOException {
    LogPositions.Advance advance = positions.advance();
    List<ReceivedRecord> fresh = new ArrayList<>(batch.records().size());
    // By the place of the record behind it, in what is fresh.
    Map<Integer, Gap> gaps = new HashMap<>();
    for (ReceivedRecord received : batch) {
      LogPartition partition = partitionOf(received);
      long offset = received.record().offset();
      long expected = advance.expected(partition);
      if (offset < expected) {
        continue;
      }
      if (offset > expected) {
        gaps.put(fresh.size(), new Gap(partition, expected, offset - 1));
      }
      advance.take(partition, offset);
      fresh.add(received);
    }
    if (!fresh.isEmpty()) {
      Map<Gap, GapReason> reasons =
          gaps.isEmpty() ? Map.of() : skipped.among(gaps.values(), gapReasons);
      LogHead written = write(fresh, gaps, reasons);
      advance.commit();
      skipped.told(gaps.values());
      if (written.end().position() - savedPosition >= SAVE_POSITIONS_EVERY) {
        savePositions(written);
      }
      gaps.values().forEach(gap -> tell(gap, because(gap, reasons)));
    }
  }

  private LogHead write(
      List<ReceivedRecord> records, Map<Integer, Gap> gaps, Map<Gap, GapReason> reasons)
      throws IOException {
    Instant loggedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    begin(loggedAt);
    long bytes = 0;
    long last = 0;
    formatter.begin(records, gaps, reasons, loggedAt);
    try {
      for (LineBlock block = formatter.next(); block != null; block = formatter.next()) {
        last = bytes + block.lastLine();
        bytes += block.length();
        appender.write(block.chained(chain), formatter.hasNext());
      }
    } finally {
      formatter.end();
    }
    LogPlace committed = appender.commit();
    lastLine = committed.position() - bytes + last;
    LogHead before = head;
    LogHead after =
        new LogHead(
            committed,
            (before == null ? 0 : before.lines()) + records.size(),
            chain.chain(),
            loggedAt);
    head = after;
    end.advance(committed);
    loggedRecords.increment(records.size());
    loggedBytes.increment((double) bytes);
    return after;
  }

  private static GapReason because(Gap gap, Map<Gap, GapReason> reasons) {
    return reasons.getOrDefault(gap, GapReason.UNKNOWN);
  }

  private void tell(Gap gap, GapReason because) {
    switch (because) {
      case TRANSACTIONS, COMPACTION -> log.debug("No record at {}: {}", gap, because.text());
      case RETENTION -> {
        lostRecords.increment((double) gap.size());
        log.error(
            "The broker deleted {} before the audit log could read them: they are lost. Keep events longer"
                + " (retention.ms, retention.bytes of {}) than the audit agent may be away",
            gap,
            gap.partition().topic());
      }
      case SKIPPED -> log.warn("The audit log leaves out {}, as event-agents.skip says", gap);
      case UNKNOWN -> log.warn("No record at {}, and the broker could not be asked why", gap);
    }
  }

  private void begin(Instant loggedAt) throws IOException {
    LocalDate day = LocalDate.ofInstant(loggedAt, ZoneOffset.UTC);
    LogHead last = head;
    if (last == null) {
      chain.reset(LineChain.start(directory.id().toString()));
    } else {
      // A batch that failed may have moved it on.
      chain.reset(last.chain());
      if (appender.rotatesAt(day)) {
        witness.fileEnds(last);
        savePositions(last);
        savedPosition = 0;
      }
      noteClock(day, last.end().file());
    }
    appender.begin(day);
  }

  private void noteClock(LocalDate day, String newest) {
    boolean behind = LogDirectory.fileOf(day).compareTo(newest) < 0;
    if (behind && !clockIsBehind) {
      log.warn("The clock says {}, before {}: the audit log goes on in that file", day, newest);
    }
    clockIsBehind = behind;
  }

  /** Without them the next start takes longer, no more; so the log goes on where this fails. */
  private void savePositions(LogHead at) {
    try {
      positionsFile.save(at, lastLine, positions);
      savedPosition = at.end().position();
    } catch (IOException e) {
      log.warn("The positions of the audit log could not be kept; the next start reads more", e);
    }
  }

  private static LogPartition partitionOf(ReceivedRecord received) {
    ConsumerRecord<byte[], byte[]> record = received.record();
    return new LogPartition(record.topic(), received.topicId(), record.partition());
  }
}
