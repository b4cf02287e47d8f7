package io.eventagents.audit.verification;

import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LineEnds;
import io.eventagents.audit.log.LineFields;
import io.eventagents.audit.log.LineStatement;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.FoundNote;
import io.eventagents.audit.proof.LogBreak;
import io.eventagents.audit.proof.MalformedNote;
import io.eventagents.audit.proof.NoteReader;
import io.eventagents.audit.proof.SignedNote;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The breaks that were stated of a log: what is signed of the lines that they name does not count,
 * as long as those are missing. Each is held against the log like a checkpoint, and the last one
 * has to be stated in the log itself. Not thread-safe.
 */
final class Breaks {

  /** A break, and what is known of it by now. */
  private static final class Stated {

    private final LogBreak said;
    private final SignedNote note;
    private final long line;

    /** Whether the line that the log went on behind is there. */
    private boolean there;

    /** Of how many lines the last checkpoint from before is that the log fits. */
    private long fitting;

    Stated(LogBreak said, SignedNote note, long line) {
      this.said = said;
      this.note = note;
      this.line = line;
    }

    void fits(Checkpoint checkpoint) {
      if (!checkpoint.time().isAfter(said.signedAt()) && checkpoint.lines() < said.to()) {
        fitting = Math.max(fitting, checkpoint.lines());
      }
    }
  }

  private record Superseded(Checkpoint checkpoint, String name, long line) {}

  private static final String NAME = CheckpointFiles.BREAKS;

  private final LineEnds ends;
  private final String logId;
  private final TrustedKeys keys;
  private final Findings findings;
  private final List<Stated> stated = new ArrayList<>();

  /** By how many lines the log had; of several the last. */
  private final Map<Long, Stated> byLines = new HashMap<>();

  private final List<Superseded> superseded = new ArrayList<>();

  private Breaks(LogFiles files, String logId, TrustedKeys keys, Findings findings) {
    this.ends = new LineEnds(files);
    this.logId = logId;
    this.keys = keys;
    this.findings = findings;
  }

  /** Those beside a log. */
  static Breaks of(
      CheckpointFiles notes, LogFiles files, String logId, TrustedKeys keys, Findings findings)
      throws IOException {
    Breaks breaks = new Breaks(files, logId, keys, findings);
    if (notes.exists(NAME)) {
      try (NoteReader reader = notes.read(NAME)) {
        for (FoundNote found = reader.next(); found != null; found = reader.next()) {
          if (!found.torn()) {
            breaks.read(found);
          }
        }
      }
    }
    return breaks;
  }

  private void read(FoundNote found) {
    try {
      SignedNote note = found.signed();
      LogBreak said = LogBreak.parse(note.text());
      Optional<Deviation> objection = objection(said, note, found);
      if (objection.isPresent()) {
        findings.add(objection.get());
      } else {
        Stated one = new Stated(said, note, found.line());
        stated.add(one);
        byLines.put(said.lines(), one);
      }
    } catch (MalformedNote e) {
      findings.add(NAME, found.line(), found.start(), String.valueOf(e.getMessage()), null);
    }
  }

  private Optional<Deviation> objection(LogBreak said, SignedNote note, FoundNote found) {
    if (!said.logId().equals(logId)) {
      return objection(found, "a break of the log " + logId, "one of " + said.logId());
    }
    Optional<String> signature = keys.objection(note, said.time());
    if (signature.isPresent()) {
      return objection(found, "a break signed by a key of " + keys.named(), signature.get());
    }
    Checkpoint missing = said.checkpoint();
    Optional<String> old = keys.objection(said.signed(), missing.time());
    if (old.isPresent()) {
      return objection(
          found, "a break of lines that a key of %s had signed".formatted(keys.named()), old.get());
    }
    LogBreak before = stated.isEmpty() ? null : stated.getLast().said;
    String after = before == null ? LineChain.start(logId) : before.hash();
    if (!said.after().equals(after) || (before != null && !before.time().isBefore(said.time()))) {
      return objection(
          found,
          "a break later than the one before, which has the hash " + after,
          "one of %s after %s".formatted(said.time(), said.after()));
    }
    if (supersede(missing)) {
      return objection(
          found,
          "a break of lines that are not known to be missing already",
          "one up to line %d, signed at %s".formatted(said.to(), missing.time()));
    }
    return Optional.empty();
  }

  private static Optional<Deviation> objection(FoundNote found, String expected, String instead) {
    return Optional.of(new Deviation(NAME, found.line(), found.start(), expected, instead));
  }

  /** Whether a checkpoint is of lines that are missing, as was stated. */
  boolean supersede(Checkpoint checkpoint) {
    return supersede(checkpoint.lines(), checkpoint.time());
  }

  private boolean supersede(long lines, Instant time) {
    for (Stated one : stated) {
      if (one.said.supersedes(lines, time)) {
        return true;
      }
    }
    return false;
  }

  /** One was found beside the log. */
  void superseded(Checkpoint checkpoint, String name, long line) {
    superseded.add(new Superseded(checkpoint, name, line));
  }

  /** The log fits this checkpoint beside it. */
  void fits(Checkpoint checkpoint) {
    stated.forEach(one -> one.fits(checkpoint));
  }

  /** Whether a note is one of them. */
  boolean has(SignedNote note) {
    return stated.stream().anyMatch(one -> one.said.hash().equals(hash(note)));
  }

  private static @Nullable String hash(SignedNote note) {
    try {
      return LogBreak.parse(note.text()).hash();
    } catch (MalformedNote e) {
      return null;
    }
  }

  /**
   * A line passes.
   *
   * @param lines of the log up to it
   * @param number of the line in its file
   * @param start where it starts in it
   * @param end where it ends in it
   * @param chain at the line
   */
  void pass(
      long lines,
      String file,
      long number,
      long start,
      long end,
      LineChain chain,
      LineFields fields) {
    if (stated.isEmpty()) {
      if (fields.statement >= 0) {
        findings.add(
            file,
            number,
            start + fields.statement,
            "the break in %s that the line states".formatted(NAME),
            "none");
      }
      return;
    }
    statement(lines, file, number, start, fields);
    for (Stated one : stated) {
      if (one.said.lines() == lines) {
        one.there =
            one.said.end().file().equals(file)
                && one.said.end().position() == end
                && chain.isAt(ByteText.ascii(one.said.chain()), 0)
                && !fields.isLoggedAfter(one.said.time());
      }
    }
  }

  private void statement(long lines, String file, long number, long start, LineFields fields) {
    Stated before = byLines.get(lines - 1);
    byte[] expected = before == null ? new byte[0] : LineStatement.of(before.note.toString());
    if (fields.statement < 0 && before != stated.getLast()) {
      return;
    }
    int from = fields.statement < 0 ? fields.headEnd : fields.statement;
    if (fields.headEnd - from != expected.length
        || !ByteText.isAt(fields.line, from, fields.headEnd, expected)) {
      findings.add(
          file,
          number,
          start + from,
          before == null
              ? "no break, since none in %s is of %d lines".formatted(NAME, lines - 1)
              : "the break of %s in %s line %d, as it was signed"
                  .formatted(before.said.time(), NAME, before.line),
          fields.statement < 0 ? "a line that states none" : "another");
    }
  }

  /**
   * All lines passed.
   *
   * @param lines how many there are
   */
  void conclude(long lines) throws IOException {
    for (Superseded one : superseded) {
      fittedThen(one.checkpoint());
    }
    for (Stated one : stated) {
      LogBreak said = one.said;
      if (!one.there && !supersede(said.lines(), said.time())) {
        findings.add(
            NAME,
            one.line,
            -1,
            "line %d of the log to end at byte %d of %s with the chain %s, logged until %s"
                .formatted(
                    said.lines(),
                    said.end().position(),
                    said.end().file(),
                    said.chain(),
                    said.time()),
            "a log of %d lines that does not".formatted(lines));
      }
      if (said.from() != one.fitting + 1) {
        findings.add(
            NAME,
            one.line,
            -1,
            "a break from line %d on, since the checkpoint of the line before fits"
                .formatted(one.fitting + 1),
            "one from line " + said.from());
      }
      notThere(said.checkpoint(), NAME, one.line);
    }
    for (Superseded one : superseded) {
      notThere(one.checkpoint(), one.name(), one.line());
    }
  }

  /** What a later break supersedes fitted the log until then. */
  private void fittedThen(Checkpoint checkpoint) {
    for (Stated one : stated) {
      if (one.said.supersedes(checkpoint.lines(), checkpoint.time())) {
        return;
      }
      one.fits(checkpoint);
    }
  }

  private void notThere(Checkpoint checkpoint, String name, long line) throws IOException {
    if (isThere(checkpoint)) {
      findings.add(
          name,
          line,
          -1,
          "line %d of the log, which a break says is missing, to be in no file"
              .formatted(checkpoint.lines()),
          "it, with the chain %s".formatted(checkpoint.chain()));
    }
  }

  /** Whether the line that a checkpoint is of stands where it stood. */
  boolean isThere(Checkpoint checkpoint) throws IOException {
    return ends.has(checkpoint.end(), checkpoint.chain());
  }

  /** In the order in which they were stated. */
  List<StatedBreak> named() {
    return stated.stream().map(one -> StatedBreak.of(one.said)).toList();
  }
}
