package io.eventagents.audit.verification;

import io.eventagents.audit.log.GapReason;
import io.eventagents.audit.log.LogFiles;
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
import org.jspecify.annotations.Nullable;

/**
 * Goes over a log once, from its first line to its last, and tells whether it is unchanged and
 * whether it is complete. It needs the directory alone, takes no lock and changes nothing; an agent
 * may write the log meanwhile: what it had when this began is looked at. Memory stays the same
 * however large the log is, but for what is kept of each partition and each erasure. Used once.
 */
public final class LogVerifier {

  private static final String IDENTITY = "log.id";

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
  private final List<String> notes = new ArrayList<>();

  /**
   * Of a log.
   *
   * @param directory where the log is
   * @param pinned the key that is known to sign its checkpoints; null if none is
   * @param kept files with checkpoints that were kept elsewhere
   * @param broker what the broker says; null if it is not asked
   * @param temporary where temporary files go; null for where the machine has them
   */
  public LogVerifier(
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
   * @throws IOException if it cannot be read
   * @throws InterruptedException if the listener ends it
   */
  public VerificationResult verify(VerificationListener listener)
      throws IOException, InterruptedException {
    Instant startedAt = clock.instant();
    String logId = logId(directory);
    TrustedKeys keys = TrustedKeys.of(directory, logId, pinned, changes);
    Breaks breaks = Breaks.of(checkpointFiles, files, logId, keys, changes);
    LogSnapshot snapshot = LogSnapshot.of(files, checkpointFiles, changes);
    try (Causes causes = new Causes(IDS_AT_ONCE, temporary)) {
      LineJudge judge = new LineJudge(logId, changes, offsets, erasures, causes);
      LineScan pass =
          new LineScan(files, snapshot, judge, signed, breaks, changes, notes, listener);
      DuplicateFileCheck forms = new DuplicateFileCheck(files, changes, notes);
      for (String day : snapshot.days()) {
        forms.compare(day);
        try (CheckpointTrail trail =
            new CheckpointTrail(
                checkpointFiles,
                day,
                snapshot.checkpointed(day),
                logId,
                keys,
                signed,
                breaks,
                changes)) {
          pass.over(day, trail);
        }
      }
      judge.conclude();
      listener.at(snapshot.bytes(), snapshot.bytes());
      erasures.conclude(logId, changes, notes);
      signed.conclude(keys, pass.extent(), changes);
      breaks.conclude(pass.lines());
      long fitting = elsewhere(logId, keys, breaks, pass.lines(), snapshot.sizes());
      causes.compare();
      remark(keys, pass.lines(), judge.before(), causes, fitting);
      return new VerificationResult(
          logId,
          startedAt,
          clock.instant(),
          pass.extent(),
          changes.verdict(),
          holes.verdict(),
          null,
          signed.extent(keys),
          before(judge.before()),
          gaps(),
          erasures.proven(),
          erasures.open(),
          causes.count(),
          notes,
          breaks.named());
    }
  }

  /**
   * The id of the log in a directory.
   *
   * @throws IOException if there is none
   */
  static String logId(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IOException(directory + " is no directory; name that of an audit log");
    }
    try {
      // Whatever bytes there are: those of another log lead to none of the lines.
      return new String(Files.readAllBytes(directory.resolve(IDENTITY)), StandardCharsets.UTF_8)
          .strip();
    } catch (NoSuchFileException e) {
      throw new IOException(
          directory + " has no " + IDENTITY + ": it is not the directory of an audit log", e);
    }
  }

  private long elsewhere(
      String logId, TrustedKeys keys, Breaks breaks, long lines, Map<String, Long> sizes)
      throws IOException, InterruptedException {
    KeptCheckpoints elsewhere =
        new KeptCheckpoints(
            files, logId, keys, breaks, lines, sizes, signed.unsignedFiles(), changes);
    for (Path file : kept) {
      elsewhere.checkFile(file);
    }
    if (broker != null) {
      broker.compare(logId, elsewhere, offsets, holes, notes);
    }
    return elsewhere.fitting();
  }

  private void remark(
      TrustedKeys keys, long lines, BeforeTheChain before, Causes causes, long elsewhere) {
    VerificationNotes remarks = new VerificationNotes(notes);
    if (!kept.isEmpty() || broker != null) {
      remarks.onWhatWasKept(elsewhere);
    }
    remarks.onKeys(keys);
    Checkpoint last = signed.last();
    remarks.onLines(Math.min(lines - (last == null ? 0 : last.lines()), lines - before.lines()));
    remarks.onLinesBeforeTheChain(before, offsets.untold());
    remarks.onUnsigned(signed.unsignedFiles());
    remarks.onTopics(offsets);
    remarks.onCauses(causes);
  }

  private static @Nullable UnchainedLines before(BeforeTheChain before) {
    return before.lines() == 0 ? null : new UnchainedLines(before.lines(), before.isSealed());
  }

  private List<GapCount> gaps() {
    List<GapCount> counts = new ArrayList<>();
    for (Map.Entry<GapReason, long[]> gap : offsets.gaps().entrySet()) {
      counts.add(new GapCount(gap.getKey().text(), gap.getValue()[0], gap.getValue()[1]));
    }
    return counts;
  }
}
