package io.eventagents.audit.verification;

import io.eventagents.audit.log.DamagedFile;
import io.eventagents.audit.log.LineEnds;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.proof.Checkpoint;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.FoundNote;
import io.eventagents.audit.proof.KeySuccession;
import io.eventagents.audit.proof.LogBreak;
import io.eventagents.audit.proof.MalformedNote;
import io.eventagents.audit.proof.NoteReader;
import io.eventagents.audit.proof.SignedNote;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds checkpoints that were kept elsewhere against the log, after all of its lines were looked
 * at: each names the place of the line whose hash it has. Not thread-safe.
 */
final class KeptCheckpoints {

  private final LogFiles files;
  private final LineEnds ends;
  private final String logId;
  private final TrustedKeys keys;
  private final Breaks breaks;
  private final long lines;
  private final Map<String, Long> sizes;
  private final Set<String> unsigned;
  private final Findings findings;
  private long fitting;

  /**
   * @param lines how many were looked at
   * @param sizes how much of each file was looked at: a running log has more by now, and newer
   *     checkpoints of it
   * @param unsigned files that may be older than the first checkpoint beside the log, unless one of
   *     them was kept
   */
  KeptCheckpoints(
      LogFiles files,
      String logId,
      TrustedKeys keys,
      Breaks breaks,
      long lines,
      Map<String, Long> sizes,
      List<String> unsigned,
      Findings findings) {
    this.files = files;
    this.ends = new LineEnds(files);
    this.logId = logId;
    this.keys = keys;
    this.breaks = breaks;
    this.lines = lines;
    this.sizes = sizes;
    this.unsigned = new HashSet<>(unsigned);
    this.findings = findings;
  }

  /** Those in a file. */
  void checkFile(Path file) throws IOException {
    check(file.toString(), 0, new NoteReader(new BufferedInputStream(Files.newInputStream(file))));
  }

  /** One in a record of a topic. */
  void checkRecord(String topic, long offset, byte @Nullable [] note) throws IOException {
    byte[] text = note == null ? new byte[0] : note;
    check(topic, offset, new NoteReader(new ByteArrayInputStream(text)));
  }

  /** How many fit the log. */
  long fitting() {
    return fitting;
  }

  /**
   * @param offset of a record; the lines of a file count themselves
   */
  private void check(String name, long offset, NoteReader notes) throws IOException {
    try (notes) {
      FoundNote found = notes.next();
      if (found == null) {
        findings.add(name, offset, -1, "a checkpoint", "nothing");
      }
      for (; found != null; found = notes.next()) {
        long line = offset > 0 ? offset : found.line();
        try {
          check(name, line, found.signed());
        } catch (MalformedNote e) {
          findings.add(name, line, -1, String.valueOf(e.getMessage()), null);
        }
      }
    }
  }

  private void check(String name, long line, SignedNote note) throws IOException, MalformedNote {
    if (LogBreak.isOne(note.text())) {
      if (!breaks.has(note)) {
        findings.add(
            name, line, -1, "a break that is in " + CheckpointFiles.BREAKS, "one that is not");
      }
    } else if (!KeySuccession.isOne(note.text())) {
      checkCheckpoint(name, line, note);
    }
  }

  private void checkCheckpoint(String name, long line, SignedNote note)
      throws IOException, MalformedNote {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    Optional<String> objection = keys.objection(note, checkpoint.time());
    if (!checkpoint.logId().equals(logId)) {
      findings.add(
          name, line, -1, "a checkpoint of the log " + logId, "one of " + checkpoint.logId());
    } else if (objection.isPresent()) {
      findings.add(
          name, line, -1, "a checkpoint signed by a key of " + keys.named(), objection.get());
    } else {
      if (unsigned.remove(checkpoint.end().file())) {
        findings.add(
            CheckpointFiles.of(checkpoint.end().file()),
            0,
            -1,
            "the checkpoints of %s, one of which was kept in %s"
                .formatted(checkpoint.end().file(), name),
            "none");
      }
      try {
        compare(name, line, checkpoint);
      } catch (DamagedFile e) {
        findings.add(checkpoint.end().file(), 0, -1, "a file that can be read", e.getMessage());
      }
    }
  }

  private void compare(String name, long line, Checkpoint checkpoint) throws IOException {
    LogPlace end = checkpoint.end();
    if (breaks.supersede(checkpoint) && !breaks.isThere(checkpoint)) {
      return;
    }
    String expected =
        "line %d of the log, with the chain %s, to end at byte %d, as the checkpoint of %s in %s line %d says"
            .formatted(
                checkpoint.lines(),
                checkpoint.chain(),
                end.position(),
                checkpoint.time(),
                name,
                line);
    if (!files.has(end.file())) {
      findings.add(end.file(), 0, -1, expected, "no such file");
      return;
    }
    long size = files.size(end.file());
    if (size < end.position()) {
      findings.add(end.file(), 0, size, expected, "the end of the file at byte " + size);
      return;
    }
    Optional<String> chain = ends.chainAt(end);
    if (!chain.equals(Optional.of(checkpoint.chain()))) {
      findings.add(
          end.file(),
          0,
          end.position(),
          expected,
          chain.map(other -> "a line with the chain " + other).orElse("no end of a line there"));
    } else if (checkpoint.lines() > lines && sizes.getOrDefault(end.file(), 0L) >= end.position()) {
      findings.add(end.file(), 0, end.position(), expected, "a log of %d lines".formatted(lines));
    } else {
      fitting++;
    }
  }
}
