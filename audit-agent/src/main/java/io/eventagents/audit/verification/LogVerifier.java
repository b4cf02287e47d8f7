package io.eventagents.audit.verification;

import io.eventagents.audit.log.DamagedFile;
import io.eventagents.audit.log.GapReason;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a log once, from its first line to its last, and tells whether it is unchanged and
 * whether it is complete. It needs the directory alone, takes no lock and changes nothing; an agent
 * may write the log meanwhile: what it had when this began is looked at. Memory stays the same
 * however large the log is, but for what is kept of each partition and each erasure. Used once.
 */
final class LogVerifier {

  private static final String IDENTITY = "log.id";
  private static final long TELL_EVERY = 4L * 1024 * 1024;

  /** Ids of events that are compared at once: 16 MiB of them. */
  private static final int IDS_AT_ONCE = 2_000_000;

  private final Path directory;
  private final LogFiles files;
  private final CheckpointFiles checkpointFiles;
  private final @Nullable VerificationKey pinned;
  private final List<Path> kept;
  private final @Nullable BrokerEvidence broker;
  private final @Nullable Path temporary;
  private final Clock clock;

  private final Findings changes = new Findings();
  private final Findings holes = new Findings();
  private final Offsets offsets = new Offsets(holes);
  private final Erasures erasures = new Erasures();
  private final SignedLog signed = new SignedLog();
  private final EventIds ids = new EventIds();
  private final PayloadCheck payloads = new PayloadCheck(ids);
  private final LineFields parts = new LineFields();
  private final List<String> notes = new ArrayList<>();

  private long lines;
  private long linesBeforeNewest;
  private long unchained;
  private boolean chained;

  /** Whether what a crash left was come to. */
  private boolean torn;

  private long bytesDone;
  private long bytesTotal;
  private long tellAt = TELL_EVERY;
  private byte @Nullable [] lastRead;

  /**
   * @param directory where the log is
   * @param pinned the key that is known to sign its checkpoints; null where none is
   * @param kept files with checkpoints that were kept elsewhere
   * @param broker what the broker says; null where it is not asked
   * @param temporary where temporary files go; null for where the machine has them
   */
  LogVerifier(
      Path directory,
      @Nullable VerificationKey pinned,
      List<Path> kept,
      @Nullable BrokerEvidence broker,
      @Nullable Path temporary,
      Clock clock) {
    this.directory = directory;
    this.files = new LogFiles(directory);
    this.checkpointFiles = new CheckpointFiles(directory);
    this.pinned = pinned;
    this.kept = List.copyOf(kept);
    this.broker = broker;
    this.temporary = temporary;
    this.clock = clock;
  }

  /**
   * Goes over the log.
   *
   * @throws IOException where it cannot be read
   * @throws InterruptedException where the listener ends it
   */
  VerificationResult verify(VerificationListener listener)
      throws IOException, InterruptedException {
    Instant startedAt = clock.instant();
    String logId = logId(directory);
    TrustedKeys keys = TrustedKeys.of(directory, logId, pinned, changes);
    // First of the checkpoints, then of the lines: no checkpoint is seen without its lines.
    Map<String, Long> checkpointSizes = new TreeMap<>();
    for (String name : checkpointFiles.names()) {
      checkpointSizes.put(name, Files.size(directory.resolve(name)));
    }
    TreeMap<String, Long> sizes = new TreeMap<>();
    for (String name : files.names()) {
      long size = size(name);
      sizes.put(name, size);
      bytesTotal += size;
    }
    LineChain chain = new LineChain(LineChain.start(logId));
    try (Causes causes = new Causes(IDS_AT_ONCE, temporary)) {
      for (String day : days(sizes.keySet(), checkpointSizes.keySet())) {
        Long size = sizes.get(day);
        long checkpointed = checkpointSizes.getOrDefault(CheckpointFiles.of(day), 0L);
        try (CheckpointTrail trail =
            new CheckpointTrail(checkpointFiles, day, checkpointed, logId, keys, signed, changes)) {
          if (size == null) {
            missing(day, trail, chain);
          } else {
            boolean newest = day.equals(sizes.lastKey());
            linesBeforeNewest = newest ? lines : linesBeforeNewest;
            read(day, size, newest, trail, chain, causes, listener);
          }
        }
      }
      listener.at(bytesTotal, bytesTotal);
      erasures.conclude(logId, changes, notes);
      concludeSigned(keys, sizes.keySet());
      long fitting = elsewhere(logId, keys);
      causes.compare();
      noteWhatElse(keys, causes, fitting);
      return new VerificationResult(
          logId,
          startedAt,
          clock.instant(),
          extent(sizes),
          changes.verdict(),
          holes.verdict(),
          null,
          signed.extent(keys),
          gaps(),
          erasures.proven(),
          erasures.open(),
          causes.count(),
          notes);
    }
  }

  /**
   * The id of the log in a directory.
   *
   * @throws IOException where there is none
   */
  static String logId(Path directory) throws IOException {
    try {
      return Files.readString(directory.resolve(IDENTITY), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      throw new IOException(
          directory + " has no " + IDENTITY + ": it is not the directory of an audit log", e);
    }
  }

  private static SortedSet<String> days(Set<String> logFiles, Set<String> checkpointNames) {
    SortedSet<String> days = new TreeSet<>(logFiles);
    checkpointNames.forEach(name -> days.add(CheckpointFiles.logFileOf(name)));
    return days;
  }

  private void read(
      String file,
      long size,
      boolean newest,
      CheckpointTrail trail,
      LineChain chain,
      Causes causes,
      VerificationListener listener)
      throws IOException, InterruptedException {
    long before = bytesDone;
    long end = 0;
    try {
      end = readLines(file, size, newest, trail, chain, causes, listener);
    } catch (DamagedFile e) {
      changes.add(
          file, 0, bytesDone - before, "a compressed file as it was written", e.getMessage());
      end = bytesDone - before;
    }
    trail.end(end);
    bytesDone = before + size;
  }

  /** Where the last line ends. */
  private long readLines(
      String file,
      long size,
      boolean newest,
      CheckpointTrail trail,
      LineChain chain,
      Causes causes,
      VerificationListener listener)
      throws IOException, InterruptedException {
    long before = bytesDone;
    long number = 0;
    long end = 0;
    try (LogReader reader = new LogReader(files, new LogPlace(file, 0))) {
      for (LogLine line = reader.next(size); line != null; line = reader.next(size)) {
        number++;
        long start = line.start().position();
        if (!line.complete()) {
          incomplete(file, number, start, newest, line);
          break;
        }
        boolean read = check(line.text(), file, number, start, newest, chain, causes);
        if (torn) {
          notes.add(
              "%s line %d, byte %d: what a crash left of a batch starts here; the agent removes it when it starts"
                  .formatted(file, number, start));
          break;
        }
        lines++;
        end = line.end().position();
        trail.pass(lines, end, chain, read ? parts : null);
        lastRead = read ? line.text() : lastRead;
        bytesDone = before + end;
        if (bytesDone >= tellAt) {
          tellAt = bytesDone + TELL_EVERY;
          listener.at(bytesDone, bytesTotal);
        }
      }
    }
    return end;
  }

  /** A file whose size cannot be told any more counts as empty, and as changed. */
  private long size(String file) throws IOException {
    try {
      return files.size(file);
    } catch (DamagedFile e) {
      changes.add(file, 0, -1, "a compressed file as it was written", e.getMessage());
      return 0;
    }
  }

  private void incomplete(String file, long number, long start, boolean newest, LogLine line) {
    if (newest) {
      notes.add(
          "%s line %d, byte %d: %d bytes of a line that is being written, or was when a crash came"
              .formatted(file, number, start, line.text().length));
    } else {
      changes.add(
          file,
          number,
          start + line.text().length,
          "a line feed at the end of the file",
          "the end of the file");
    }
  }

  /** Whether it is a line, whatever else is wrong with it. */
  private boolean check(
      byte[] text,
      String file,
      long number,
      long start,
      boolean newest,
      LineChain chain,
      Causes causes)
      throws IOException {
    long found = changes.count();
    try {
      parts.read(text);
    } catch (MisfitLine e) {
      changes.add(file, number, start + e.at(), e.expected(), e.found());
      torn = newest && hasHole(text);
      if (torn) {
        changes.takeBack(found);
      }
      return false;
    }
    checkChain(text, file, number, start, chain);
    if (parts.payload == LineFields.Payload.ERASED) {
      erasures.erased(parts, file, number, start);
    } else {
      try {
        payloads.check(parts);
        if (parts.payload == LineFields.Payload.EVENT) {
          causes.event(ids.eventId());
          causes.cause(ids.causationId(), file, number);
        }
      } catch (MisfitLine e) {
        changes.add(file, number, start + e.at(), e.expected(), e.found());
      }
    }
    if (changes.count() == found) {
      erasures.unchanged(parts, file, number);
    } else if (newest && hasHole(text)) {
      torn = true;
      changes.takeBack(found);
      return false;
    }
    offsets.take(parts, file, number, start);
    return true;
  }

  private void checkChain(byte[] text, String file, long number, long start, LineChain chain) {
    if (parts.chain < 0) {
      if (chained || unchained == 0) {
        changes.add(
            file,
            number,
            start + text.length - 1,
            "the key chain",
            "a line without: that lines written before the log had a chain are unchanged cannot be shown");
      }
      unchained++;
      return;
    }
    chained = true;
    chain.take(text, 0, parts.headEnd, parts.digest, parts.gap, parts.gapEnd);
    if (!chain.isAt(text, parts.chain)) {
      changes.add(
          file,
          number,
          start + parts.chain,
          "the chain "
              + chain.chain()
              + (lines == 0 ? ", as the first line of this log has it" : "")
              + " (the line was altered, or lines before it were removed, added or moved)",
          Bytes.text(text, parts.chain, parts.chain + LineChain.LENGTH));
      chain.reset(text, parts.chain);
    }
  }

  private void missing(String file, CheckpointTrail trail, LineChain chain) throws IOException {
    Checkpoint last = trail.last();
    if (last != null) {
      changes.add(
          file,
          0,
          -1,
          "the file: its checkpoints are in %s, up to line %d of the log"
              .formatted(CheckpointFiles.of(file), last.lines()),
          "no such file");
      chain.reset(last.chain());
      lines = last.lines();
      chained = true;
    }
  }

  /**
   * A NUL never stands in a line: it is a page that a power cut kept from the disk while it let a
   * later page of the same batch through.
   */
  private static boolean hasHole(byte[] line) {
    return Bytes.first(line, 0, line.length, (byte) 0) >= 0;
  }

  private void concludeSigned(TrustedKeys keys, Set<String> logFiles) {
    Checkpoint last = signed.last();
    long covered = last == null ? 0 : last.lines();
    if (signed.lastSeen() == null && keys.isPinned() && lines > 0) {
      changes.add(
          CheckpointFiles.of(logFiles.iterator().next()),
          0,
          -1,
          "checkpoints signed by " + keys.named(),
          "none");
    } else if (covered < linesBeforeNewest && chained && signed.lastSeen() == last) {
      String file = logFiles.stream().toList().get(logFiles.size() - 2);
      changes.add(
          CheckpointFiles.of(file),
          0,
          -1,
          "a checkpoint of all %d lines up to the end of %s, since the log went on in another file"
              .formatted(linesBeforeNewest, file),
          last == null ? "none" : "the last one, of %d lines".formatted(covered));
    }
  }

  private long elsewhere(String logId, TrustedKeys keys) throws IOException, InterruptedException {
    KeptCheckpoints elsewhere = new KeptCheckpoints(files, logId, keys, lines, changes);
    for (Path file : kept) {
      elsewhere.checkFile(file);
    }
    if (broker != null) {
      broker.compare(logId, elsewhere, offsets, holes, notes);
    }
    return elsewhere.fitting();
  }

  private void noteWhatElse(TrustedKeys keys, Causes causes, long elsewhere) {
    if (!kept.isEmpty() || broker != null) {
      notes.add("Checkpoints that were kept elsewhere and fit the log: " + elsewhere);
    }
    if (!keys.isPinned() && !keys.isEmpty()) {
      notes.add(
          "The key that signed, %s, is the one beside the log: who can write there could have exchanged both; pin it with --key"
              .formatted(keys.named()));
    }
    if (keys.successions() > 0) {
      notes.add("Successions of signing keys: " + keys.successions());
    }
    Checkpoint last = signed.last();
    long behind = lines - (last == null ? 0 : last.lines());
    if (behind > 0) {
      notes.add("Lines at the end that are chained but not signed yet: " + behind);
    }
    if (unchained > 0) {
      notes.add("Lines without a chain: " + unchained);
    }
    offsets
        .topics()
        .forEach(
            (topic, topicIds) -> {
              if (topicIds.size() > 1) {
                notes.add(
                    "The topic %s was made again: its ids are %s"
                        .formatted(topic, topicIds.stream().map(Uuid::toString).toList()));
              }
            });
    if (causes.count() > 0) {
      notes.add(
          "Events whose cause is not in the log: %d, such as %s"
              .formatted(causes.count(), causes.first().stream().map(this::named).toList()));
    }
    if (causes.calls() > 0) {
      notes.add(
          "Events whose cause is no event, such as the call that began a chain: " + causes.calls());
    }
  }

  private String named(Causes.Dangling dangling) {
    return dangling.causationId() + " at " + dangling.file() + " line " + dangling.line();
  }

  private LogExtent extent(Map<String, Long> sizes) {
    List<String> names = List.copyOf(sizes.keySet());
    return new LogExtent(
        names.size(),
        lines,
        bytesTotal,
        names.isEmpty() ? null : names.getFirst(),
        names.isEmpty() ? null : names.getLast(),
        lastLoggedAt());
  }

  private @Nullable String lastLoggedAt() {
    byte[] last = lastRead;
    if (last == null) {
      return null;
    }
    try {
      parts.read(last);
      return parts.loggedAt();
    } catch (MisfitLine e) {
      throw new IllegalStateException("It was read before", e);
    }
  }

  private List<GapCount> gaps() {
    List<GapCount> counts = new ArrayList<>();
    for (Map.Entry<GapReason, long[]> gap : offsets.gaps().entrySet()) {
      counts.add(new GapCount(gap.getKey().text(), gap.getValue()[0], gap.getValue()[1]));
    }
    return counts;
  }
}
