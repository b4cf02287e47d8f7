package io.eventagents.audit.verification;

import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LineFields;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.FoundNote;
import io.eventagents.audit.proof.MalformedNote;
import io.eventagents.audit.proof.NoteReader;
import io.eventagents.audit.proof.SignedNote;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints beside one file of the log, in order, held against its lines as they pass. Not
 * thread-safe.
 */
final class CheckpointTrail implements AutoCloseable {

  private final String logFile;
  private final String name;
  private final @Nullable NoteReader reader;
  private final long end;
  private final String logId;
  private final TrustedKeys keys;
  private final SignedLog signed;
  private final Breaks breaks;
  private final Findings findings;

  private @Nullable Checkpoint next;

  /** How much of the file the last one covers. */
  private long covered;

  private long nextLine;
  private byte[] nextChain = new byte[0];

  /** By how much lines and bytes differ since something was removed or added. */
  private long movedLines;

  private long movedBytes;

  /**
   * @param end how much of the checkpoints may be read: what comes later is of later lines
   * @param signed takes note of what fits
   */
  CheckpointTrail(
      CheckpointFiles files,
      String logFile,
      long end,
      String logId,
      TrustedKeys keys,
      SignedLog signed,
      Breaks breaks,
      Findings findings)
      throws IOException {
    this.logFile = logFile;
    this.name = CheckpointFiles.of(logFile);
    this.reader = end > 0 ? files.read(name) : null;
    this.end = end;
    this.logId = logId;
    this.keys = keys;
    this.signed = signed;
    this.breaks = breaks;
    this.findings = findings;
    advance();
  }

  /**
   * A line passes.
   *
   * @param lines of the log up to it
   * @param position where it ends in the file
   * @param chain at the line
   * @param parts of the line; null if it is none
   */
  void pass(long lines, long position, LineChain chain, @Nullable LineFields parts)
      throws IOException {
    for (Checkpoint awaited = next; awaited != null; awaited = next) {
      if (chain.isAt(nextChain, 0)) {
        fits(awaited, lines, position, parts);
      } else if (awaited.end().position() + movedBytes <= position) {
        findings.add(
            logFile,
            0,
            awaited.end().position(),
            "a line with the chain %s to end there, line %d of the log, as %s line %d says"
                .formatted(awaited.chain(), awaited.lines(), name, nextLine),
            "the chain %s at byte %d".formatted(chain.chain(), position));
      } else {
        return;
      }
      advance();
    }
  }

  /** Whether checkpoints are left that lie further on. */
  boolean awaitsMore() {
    return next != null;
  }

  /** Whether the last of them covers the file up to there. */
  boolean covers(long position) {
    return covered + movedBytes >= position;
  }

  /** The file ends here. */
  void end(long position) throws IOException {
    for (Checkpoint awaited = next; awaited != null; awaited = next) {
      findings.add(
          logFile,
          0,
          position,
          "line %d of the log to end at byte %d, as %s line %d says"
              .formatted(awaited.lines(), awaited.end().position(), name, nextLine),
          "the end of the file at byte " + position);
      advance();
    }
  }

  /** All of them, where the file itself is not there; returns the last. */
  @Nullable Checkpoint last() throws IOException {
    Checkpoint last = null;
    for (Checkpoint awaited = next; awaited != null; awaited = next) {
      last = awaited;
      advance();
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  private void fits(Checkpoint awaited, long lines, long position, @Nullable LineFields parts) {
    boolean holds = true;
    if (awaited.lines() + movedLines != lines
        || awaited.end().position() + movedBytes != position) {
      holds = false;
      findings.add(
          logFile,
          0,
          position,
          "the line with the chain %s to be line %d of the log and to end at byte %d, as %s line %d says"
              .formatted(
                  awaited.chain(), awaited.lines(), awaited.end().position(), name, nextLine),
          "line %d, byte %d".formatted(lines, position));
      movedLines = lines - awaited.lines();
      movedBytes = position - awaited.end().position();
    }
    if (parts != null && parts.isLoggedAfter(awaited.time())) {
      holds = false;
      findings.add(
          name,
          nextLine,
          -1,
          "a time not before %s, when the line was logged"
              .formatted(LineFields.loggedAt(parts.line)),
          awaited.time().toString());
    }
    if (holds) {
      signed.extendTo(awaited);
      breaks.fits(awaited);
    }
  }

  private void advance() throws IOException {
    next = null;
    while (reader != null && next == null) {
      FoundNote found = reader.next();
      if (found == null || found.end() > end) {
        return;
      }
      if (!found.torn()) {
        take(found);
      }
    }
  }

  private void take(FoundNote found) {
    try {
      SignedNote note = found.signed();
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      Optional<String> objection = keys.objection(note, checkpoint.time());
      if (objection.isPresent()) {
        findings.add(
            name,
            found.line(),
            found.start(),
            "a checkpoint signed by a key of " + keys.named(),
            objection.get());
      } else if (!checkpoint.logId().equals(logId) || !checkpoint.end().file().equals(logFile)) {
        findings.add(
            name,
            found.line(),
            found.start(),
            "a checkpoint of %s of the log %s".formatted(logFile, logId),
            "one of %s of the log %s".formatted(checkpoint.end().file(), checkpoint.logId()));
      } else if (breaks.supersede(checkpoint)) {
        breaks.superseded(checkpoint, name, found.line());
      } else if (signed.isBefore(checkpoint)) {
        findings.add(
            name,
            found.line(),
            found.start(),
            "a checkpoint of more lines, and not earlier, than the one before",
            "one of %d lines at %s".formatted(checkpoint.lines(), checkpoint.time()));
      } else {
        signed.seen(checkpoint);
        next = checkpoint;
        covered = checkpoint.end().position();
        nextLine = found.line();
        nextChain = ByteText.ascii(checkpoint.chain());
      }
    } catch (MalformedNote e) {
      findings.add(name, found.line(), found.start(), String.valueOf(e.getMessage()), null);
    }
  }
}
