package io.eventagents.audit.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes breaks that no command would state. */
public final class BreakForger {

  private BreakForger() {}

  /** The breaks that were stated of a log. */
  public static List<LogBreak> read(Path log) throws IOException, MalformedNote {
    List<LogBreak> breaks = new ArrayList<>();
    for (SignedNote note : new CheckpointFiles(log).notes(CheckpointFiles.BREAKS)) {
      breaks.add(LogBreak.parse(note.text()));
    }
    return breaks;
  }

  /** The last checkpoint of a day, as it was signed. */
  public static SignedNote checkpoint(Path log, String file) throws IOException {
    return new CheckpointFiles(log).notes(CheckpointFiles.of(file)).getLast();
  }

  /** Has a log state these, signed by the key that is there. */
  public static void write(Path log, Path key, List<LogBreak> breaks)
      throws IOException, MalformedNote {
    StringBuilder notes = new StringBuilder();
    for (LogBreak one : breaks) {
      notes.append(SigningKey.read(key, LogName.of(one.logId())).sign(one.text()));
    }
    Files.writeString(log.resolve(CheckpointFiles.BREAKS), notes);
  }

  /** A checkpoint with another text, signed by that key. */
  public static SignedNote signed(Path key, SignedNote note, UnaryOperator<String> how)
      throws IOException, MalformedNote {
    return SigningKey.read(key, note.signatures().getFirst().name()).sign(how.apply(note.text()));
  }

  /** The break of other lines. */
  public static LogBreak ofLines(LogBreak one, long from, long to) {
    return new LogBreak(
        one.logId(),
        one.time(),
        one.after(),
        from,
        to,
        one.signed(),
        one.lines(),
        one.chain(),
        one.end(),
        one.by(),
        one.because());
  }

  /** The break with another checkpoint. */
  public static LogBreak carrying(LogBreak one, long from, long to, SignedNote signed) {
    return new LogBreak(
        one.logId(),
        one.time(),
        one.after(),
        from,
        to,
        signed,
        one.lines(),
        one.chain(),
        one.end(),
        one.by(),
        one.because());
  }

  /** The break with which the log goes on elsewhere. */
  public static LogBreak goingOnWith(LogBreak one, long lines, String chain) {
    return new LogBreak(
        one.logId(),
        one.time(),
        one.after(),
        one.from(),
        one.to(),
        one.signed(),
        lines,
        chain,
        one.end(),
        one.by(),
        one.because());
  }

  /** The break at another time, after another. */
  public static LogBreak at(LogBreak one, Instant time, String after) {
    return new LogBreak(
        one.logId(),
        time,
        after,
        one.from(),
        one.to(),
        one.signed(),
        one.lines(),
        one.chain(),
        one.end(),
        one.by(),
        one.because());
  }
}
