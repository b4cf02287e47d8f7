package io.eventagents.audit.proof;

import io.eventagents.Broker;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LineEnds;
import io.eventagents.audit.log.LineLink;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogHead;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * States on an operator's word that lines that were signed are in no file any more, and has the log
 * signed again as it is. What was signed is named for good, and can be signed over only if the log
 * is not that. Used once, while no agent runs.
 */
public final class BreakStatement {

  private final LogDirectory directory;
  private final @Nullable Path signingKey;
  private final @Nullable Broker broker;
  private final Clock clock;
  private final String logId;
  private final CheckpointFiles files;
  private final LineEnds ends;

  /**
   * @param directory where the log is
   * @param signingKey where the key is that signs it; null for beside the log
   * @param broker where checkpoints were published; null if that is not to be looked at
   */
  public BreakStatement(
      LogDirectory directory, @Nullable Path signingKey, @Nullable Broker broker, Clock clock) {
    this.directory = directory;
    this.signingKey = signingKey;
    this.broker = broker;
    this.clock = clock;
    this.logId = directory.id().toString();
    this.files = new CheckpointFiles(directory.path());
    this.ends = new LineEnds(directory.content());
  }

  /**
   * States it, and signs the log as it is.
   *
   * @param by who says so
   * @param because why the lines are missing
   * @return what was stated
   * @throws NoBreak if nothing is missing that was signed, or that cannot be told
   * @throws SigningKeyUnusable if it cannot be signed
   * @throws IOException if the log cannot be read or written
   */
  public LogBreak state(String by, String because) throws IOException, NoBreak {
    requirePlain("the name", by, LogBreak.LONGEST_NAME);
    requirePlain("the reason", because, LogBreak.LONGEST_REASON);
    if (files.names().isEmpty() && broker == null) {
      throw new NoBreak(
          "nothing is signed beside the log in " + directory.path() + ": ask the broker");
    }
    SigningKey key = new SigningKeys(directory, files, clock).open(signingKey, null);
    KeyHistory keys = KeyHistory.of(key.verification(), files);
    LogBreaks breaks = LogBreaks.of(logId, keys, files);
    LogHead head = head(breaks);
    SignedCheckpoint missing = missing(keys, breaks, head);
    long last = missing.lines();
    Checkpoint fitting = lastFitting(keys, breaks, missing.checkpoint());
    LogBreak before = breaks.last();
    LogBreak stated =
        new LogBreak(
            logId,
            time(missing.checkpoint(), before, head),
            before == null ? LineChain.start(logId) : before.hash(),
            fitting == null ? 1 : fitting.lines() + 1,
            last,
            vouchedFor(missing, keys),
            head.lines(),
            head.chain(),
            head.end(),
            by,
            because);
    files.append(CheckpointFiles.BREAKS, key.sign(stated.text()));
    // From here on the log is what was signed of it; the ends of files are signed as well.
    Checkpoints.open(directory, signingKey, null, null, clock).sign(head);
    return stated;
  }

  private static void requirePlain(String what, String text, int longest) throws NoBreak {
    if (!LogBreak.isPlain(text, longest)) {
      throw new NoBreak(
          "%s has to be one line of text, of at most %d characters, without blanks around it"
              .formatted(what, longest));
    }
  }

  /** The log as an agent would go on with it. */
  private LogHead head(LogBreaks breaks) throws IOException, NoBreak {
    try (AuditLog log =
        AuditLog.open(
            directory,
            clock,
            LogMeter.NONE,
            GapReasons.UNTOLD,
            file -> files.signedBytes(file, logId, breaks),
            null)) {
      LogHead head = log.head();
      if (head == null || head.lines() == 0) {
        throw new NoBreak(
            "the log in %s has no line that could be signed: start the agent, so that it logs what the broker has, and stop it before"
                .formatted(directory.path()));
      }
      return new LogHead(endOfLastLine(head.end()), head.lines(), head.chain(), head.loggedAt());
    }
  }

  /** A crash may come after a file was made, before it has a line. */
  private LogPlace endOfLastLine(LogPlace end) throws IOException {
    LogPlace last = end;
    for (String file : directory.files().reversed()) {
      if (last.position() == 0 && file.compareTo(last.file()) < 0) {
        last = new LogPlace(file, directory.size(file));
      }
    }
    return last;
  }

  /** The newest that was signed and is not there. */
  private SignedCheckpoint missing(KeyHistory keys, LogBreaks breaks, LogHead head)
      throws IOException, NoBreak {
    List<SignedCheckpoint> signed = new ArrayList<>();
    SignedCheckpoint beside = files.last(logId, keys, breaks);
    if (beside != null) {
      signed.add(beside);
    }
    if (broker != null) {
      new PublishedCheckpoints(broker, logId).newest(keys, breaks).ifPresent(signed::add);
    }
    Optional<SignedCheckpoint> missing = Optional.empty();
    for (SignedCheckpoint each : signed) {
      if (!fits(each.checkpoint())
          && missing.filter(other -> other.lines() >= each.lines()).isEmpty()) {
        missing = Optional.of(each);
      }
    }
    if (missing.isPresent()) {
      return missing.get();
    }
    try {
      new LogContinuity(directory)
          .since(
              signed.stream().map(SignedCheckpoint::checkpoint).toList(),
              breaks.goesOnWith(logId),
              head);
    } catch (ContradictedLog e) {
      throw new NoBreak(
          "every line that was signed is there, but the log does not go on from there; verify it: "
              + e.contradiction(),
          e);
    }
    throw new NoBreak(
        "nothing is missing of what was signed"
            + (broker == null ? " beside the log; --broker looks at what was published" : "")
            + ": start the agent, and it signs the log");
  }

  private boolean fits(Checkpoint checkpoint) throws IOException {
    return ends.has(checkpoint.end(), checkpoint.chain());
  }

  /** The last one beside the log from before the one that is missing which the log still fits. */
  private @Nullable Checkpoint lastFitting(KeyHistory keys, LogBreaks breaks, Checkpoint missing)
      throws IOException, NoBreak {
    String oldest = directory.files().getFirst();
    for (Checkpoint each : before(missing, keys, breaks)) {
      if (fits(each)) {
        return each;
      }
      if (each.end().file().compareTo(oldest) < 0 && !beginsWith(oldest)) {
        throw new NoBreak(
            "the log's first files were moved away, and whether %s is as it was signed cannot be told: put it back and try again"
                .formatted(each.end().file()));
      }
    }
    return null;
  }

  /** Those that are of no more lines, and no later, the last one at the front. */
  private List<Checkpoint> before(Checkpoint missing, KeyHistory keys, LogBreaks breaks)
      throws IOException {
    List<Checkpoint> before = new ArrayList<>();
    for (String name : files.names()) {
      for (SignedNote note : files.notes(name)) {
        Checkpoint each = CheckpointFiles.checkpoint(note, logId);
        if (each != null
            && each.lines() < missing.lines()
            && !each.time().isAfter(missing.time())
            && !breaks.supersede(each)
            && keys.vouchesFor(note, each.time())) {
          before.add(each);
        }
      }
    }
    before.sort(Comparator.comparingLong(Checkpoint::lines).reversed());
    return before;
  }

  /** Whether the log has no line before those in this file. */
  private boolean beginsWith(String file) throws IOException {
    LogPlace start = new LogPlace(file, 0);
    try (LogReader reader = new LogReader(directory, start)) {
      LogLine first = reader.next(directory.size(file));
      return first != null && new LineLink(directory).holds(start, first.text());
    }
  }

  private static SignedNote vouchedFor(SignedCheckpoint missing, KeyHistory keys) {
    NoteSignature signature =
        keys.signature(missing.note(), missing.checkpoint().time()).orElseThrow();
    return new SignedNote(missing.note().text(), List.of(signature));
  }

  /** Later than all that was signed before, whatever the clock says. */
  private Instant time(Checkpoint missing, @Nullable LogBreak before, LogHead head) {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant signed = missing.time();
    if (before != null && before.time().isAfter(signed)) {
      signed = before.time();
    }
    if (!time.isAfter(signed)) {
      time = signed.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    }
    return time.isBefore(head.loggedAt()) ? head.loggedAt() : time;
  }
}
