package io.eventagents.audit.log;

import io.eventagents.DependencyUnavailable;
import io.eventagents.ReceivedRecord;
import io.eventagents.RecordBatch;
import io.eventagents.RecordLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
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
  private final @Nullable RivalLogs rivals;
  private final LogMeter meter;

  /** What is done while another program changes what is written here. */
  private final ForeignChanges foreign;

  /** The log as it is on disk. */
  private volatile @Nullable LogHead head;

  /** Partitions whose last lines another program removed, until their next record comes. */
  private final Set<LogPartition> missing = new HashSet<>();

  /** How often there were any. */
  private final AtomicLong losses = new AtomicLong();

  /** Where the last line starts that is on disk. */
  private long lastLine;

  private long savedPosition;
  private boolean clockIsBehind;

  private AuditLog(
      LogDirectory directory,
      Clock clock,
      LogMeter meter,
      GapReasons gapReasons,
      LogWitness witness,
      @Nullable RivalLogs rivals,
      FileOpener opener)
      throws IOException {
    this.directory = directory;
    this.clock = clock;
    this.positionsFile = new PositionsFile(directory);
    this.appender = new LogAppender(directory, opener);
    this.chain = new LineChain(LineChain.start(directory.id().toString()));
    this.gapReasons = gapReasons;
    this.witness = witness;
    this.rivals = rivals;
    this.foreign = new ForeignChanges(appender);
    this.meter = meter;
    recover();
    LogHead known = head;
    if (known != null) {
      end.advance(known.end());
    }
    log.info("The audit log is in {}", directory.path());
  }

  /**
   * Opens the log in a directory, which this process then holds until it is closed.
   *
   * @param clock tells when a record is logged, and so which file it goes to
   * @param gapReasons tells why offsets are missing
   * @param witness is shown the log where a file ends
   * @param rivals tells which other logs read the same; null to ask for none
   * @throws LogDirectoryUnusable if another process holds it, or it cannot be read or written
   */
  public static AuditLog open(
      LogDirectory directory,
      Clock clock,
      LogMeter meter,
      GapReasons gapReasons,
      LogWitness witness,
      @Nullable RivalLogs rivals) {
    return open(directory, clock, meter, gapReasons, witness, rivals, FileOpener.DISK);
  }

  static AuditLog open(
      LogDirectory directory,
      Clock clock,
      LogMeter meter,
      GapReasons gapReasons,
      LogWitness witness,
      @Nullable RivalLogs rivals,
      FileOpener opener) {
    try {
      return new AuditLog(directory, clock, meter, gapReasons, witness, rivals, opener);
    } catch (IOException e) {
      throw LogDirectoryUnusable.because(directory.path(), e);
    }
  }

  /**
   * Writes the records that are not in the log yet, and waits until the disk has them.
   *
   * <p>If another program changed the file that is written, nothing is, until that file rests; then
   * the log goes on as it is on disk, and {@link #nextOffset} tells where.
   *
   * @throws DependencyUnavailable if the disk is full or fails, or another program changed what was
   *     written; nothing of the batch is in the log then
   */
  @Override
  public synchronized void accept(RecordBatch batch) {
    try {
      if (!foreign.areOver()) {
        readAgain();
      }
      append(batch);
    } catch (ForeignChange e) {
      appender.leave(e);
      foreign.found(e);
      throw new DependencyUnavailable("the directory of the audit log (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      appender.rollback(e);
      throw new DependencyUnavailable(
          "the disk of the audit log in " + directory.path() + " (" + e.getMessage() + ")", e);
    } catch (RuntimeException | Error e) {
      appender.rollback(e);
      throw e;
    }
  }

  /**
   * Whether the log is on disk as it was written, which is looked at now. If another program
   * replaced the file that is written by a copy, it is again as soon as what the copy lacks was
   * added to it.
   */
  public synchronized boolean isAsWritten() {
    try {
      if (foreign.areOver()) {
        appender.check();
        return true;
      }
      return foreign.settled();
    } catch (IOException e) {
      foreign.found(e);
      return false;
    }
  }

  /** What another program did to the log; empty if it is as it was written, as far as is known. */
  public Optional<String> foreignChange() {
    return foreign.current();
  }

  @Override
  public OptionalLong nextOffset(String topic, Uuid topicId, int partition) {
    return positions.next(new LogPartition(topic, topicId, partition));
  }

  /**
   * Looks while no record comes whether what another program changed rests, and goes on with what
   * is on disk then.
   */
  @Override
  public long losses() {
    if (!foreign.areOver()) {
      lookAgain();
    }
    return losses.get();
  }

  private synchronized void lookAgain() {
    try {
      if (!foreign.areOver()) {
        readAgain();
      }
    } catch (ForeignChange e) {
      foreign.found(e);
    } catch (IOException | DependencyUnavailable e) {
      log.debug("The audit log is not as it was", e);
    }
  }

  @Override
  public Optional<String> identity() {
    return Optional.of(directory.id().toString());
  }

  @Override
  public Optional<String> obstacle(String group, Predicate<String> topics) {
    return rivals == null ? Optional.empty() : rivals.obstacle(group, topics);
  }

  @Override
  public void skipped(String topic, Uuid topicId, int partition, long from, long to) {
    skipped.add(new Gap(new LogPartition(topic, topicId, partition), from, to));
  }

  /** How far the log is on disk. */
  public LogEnd end() {
    return end;
  }

  /** How far the log is on disk, and what stands for all of it; null if it is empty. */
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
   * @param change is told where the log ends; null if it is empty
   * @throws IOException as the change does
   */
  public synchronized void changeFiles(FileChange change) throws IOException {
    if (!isAsWritten()) {
      throw new IOException(foreign.current().orElse("The audit log is not as it was written"));
    }
    try {
      change.make(end.get());
    } finally {
      appender.release();
    }
    appender.takeReplacement();
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
    if (last != null && isAsWritten()) {
      savePositions(last);
      witness.logCloses(last);
    }
    appender.close();
  }

  /** Takes over what is on disk. */
  private void recover() throws IOException {
    positions.clear();
    LogRecovery.@Nullable Recovered recovered =
        new LogRecovery(directory, positions, witness).recover();
    head = recovered == null ? null : recovered.head();
    lastLine = recovered == null ? 0 : recovered.lastLine();
    savedPosition = recovered == null ? 0 : recovered.head().end().position();
    appender.goOnAt(recovered == null ? null : recovered.head().end());
  }

  /**
   * Goes on as a start does, with what is on disk now.
   *
   * @throws DependencyUnavailable if that is less than it was: what is missing has to come first
   */
  private void readAgain() throws IOException {
    if (foreign.settled()) {
      return;
    }
    foreign.requireRest();
    LogPlace before = end.get();
    Map<LogPartition, Long> known = positions.copy();
    recover();
    LogHead found = head;
    end.restart(before, found == null ? null : found.end());
    missing.clear();
    known.forEach(
        (partition, next) -> {
          if (positions.next(partition).orElse(0) < next) {
            missing.add(partition);
          }
        });
    witness.logWasReadAgain();
    foreign.over(
        "The audit log was read again as it is on disk, with %d lines; it lacks records of %d partitions,"
                .formatted(found == null ? 0 : found.lines(), missing.size())
            + " which come again from the broker. Verify it");
    if (!missing.isEmpty()) {
      losses.incrementAndGet();
      throw new DependencyUnavailable("records that the audit log has lost", null);
    }
  }

  /** What came after records that are missing has to wait for these: there is no gap. */
  private void requireNothingMissing(Map<Integer, Gap> gaps) {
    for (Gap gap : gaps.values()) {
      // Asked for once: if they do not come then, the broker has them no more.
      if (missing.remove(gap.partition())) {
        throw new DependencyUnavailable("records that the audit log has lost: " + gap, null);
      }
    }
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
      requireNothingMissing(gaps);
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
    formatter.begin(records, gaps, reasons, loggedAt, statement());
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
    meter.written(records.size(), bytes);
    return after;
  }

  private byte @Nullable [] statement() {
    LogHead last = head;
    return last == null
        ? null
        : witness.statement(last.lines()).map(LineStatement::of).orElse(null);
  }

  private static GapReason because(Gap gap, Map<Gap, GapReason> reasons) {
    return reasons.getOrDefault(gap, GapReason.UNKNOWN);
  }

  private void tell(Gap gap, GapReason because) {
    switch (because) {
      case TRANSACTIONS, COMPACTION -> log.debug("No record at {}: {}", gap, because.text());
      case RETENTION -> {
        meter.lost(gap.size());
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
    appender.check();
    LocalDate day = LocalDate.ofInstant(loggedAt, ZoneOffset.UTC);
    String file = LogFiles.of(day);
    LogHead last = head;
    if (last == null) {
      chain.reset(LineChain.start(directory.id().toString()));
    } else {
      // A batch that failed may have moved it on.
      chain.reset(last.chain());
      String newest = last.end().file();
      file = NextFile.of(newest, last.loggedAt(), day);
      if (appender.starts(file)) {
        witness.fileEnds(last);
        savePositions(last);
        savedPosition = 0;
      }
      noteClock(day, newest, file);
    }
    appender.begin(file);
  }

  private void noteClock(LocalDate day, String newest, String file) {
    boolean behind = LogFiles.of(day).compareTo(newest) < 0;
    if (behind && !clockIsBehind) {
      log.warn("The clock says {}, before {}: the audit log goes on in {}", day, newest, file);
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
