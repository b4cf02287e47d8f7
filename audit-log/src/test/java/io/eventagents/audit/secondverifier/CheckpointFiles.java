package io.eventagents.audit.secondverifier;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The checkpoints beside the log (section "What has to hold", rules 7 to 12). */
final class CheckpointFiles {

  private final LogDirectory directory;
  private final String logName;
  private final KeyRing keys;
  private final Breaks breaks;
  private final Findings findings;
  private final List<Checkpoint> signed = new ArrayList<>();
  private final List<Checkpoint> superseded = new ArrayList<>();
  private final List<Checkpoint> accepted = new ArrayList<>();
  private final Set<Long> acceptedLines = new HashSet<>();
  private final TreeSet<String> daysWithNotes = new TreeSet<>();
  private Checkpoint before;

  CheckpointFiles(
      LogDirectory directory, String logName, KeyRing keys, Breaks breaks, Findings findings) {
    this.directory = directory;
    this.logName = logName;
    this.keys = keys;
    this.breaks = breaks;
    this.findings = findings;
  }

  /** Rules 7 to 9 and 11: what can be told without the lines. */
  void read() throws IOException, CannotTellException {
    for (String name : directory.checkpointFiles()) {
      NoteFile file = NoteFile.read(name, directory.readable(name));
      for (Note note : file.notes()) {
        checkNote(note, LogDirectory.dayFileOf(name));
      }
      file.rest()
          .ifPresent(
              place -> findings.note(place + ": the rest of a checkpoint that a crash left"));
    }
    for (String day : daysWithNotes) {
      if (!directory.hasDayFile(day)) {
        findings.deviation(
            Place.of(day), 11, "a day's file of which there are checkpoints", "no such file");
      }
    }
  }

  /** The checkpoints that rules 7 to 9 accept. */
  List<Checkpoint> signed() {
    return signed;
  }

  /** Those that rules 7 and 8 accept, of lines that are missing (rule 17). */
  List<Checkpoint> superseded() {
    return superseded;
  }

  /** Those that rules 7 to 10 accept. */
  List<Checkpoint> accepted() {
    return accepted;
  }

  /** The last of the checkpoints that rules 7 to 10 accept. */
  Optional<Checkpoint> last() {
    return accepted.isEmpty() ? Optional.empty() : Optional.of(accepted.get(accepted.size() - 1));
  }

  /** Rule 10: the line that each is of is there. */
  void compare(LineIndex index) {
    for (Checkpoint checkpoint : signed) {
      Optional<String> misfit = misfit(checkpoint, index).or(() -> tooEarly(checkpoint, index));
      if (misfit.isEmpty()) {
        accepted.add(checkpoint);
        acceptedLines.add(checkpoint.lines());
      } else {
        findings.deviation(checkpoint.place(), 10, expected(checkpoint), misfit.get());
      }
    }
  }

  /** The number of the line of the last accepted checkpoint of a file, 0 if there is none. */
  long lastLineOf(String dayFile) {
    return accepted.stream()
        .filter(checkpoint -> checkpoint.file().equals(dayFile))
        .mapToLong(Checkpoint::lines)
        .max()
        .orElse(0);
  }

  /** Rule 12: the end of each file but the newest is signed. */
  void checkEnds(LineIndex index, String newest, boolean pinned, long lastLine) {
    for (LineIndex.FileLines file : index.files().values()) {
      boolean isNewest = file.name().equals(newest);
      if (signed.isEmpty()) {
        checkUnsigned(file, isNewest, pinned, lastLine);
      } else if (!isNewest && file.chained()) {
        checkEnd(file);
      }
    }
  }

  private void checkUnsigned(
      LineIndex.FileLines file, boolean isNewest, boolean pinned, long lastLine) {
    boolean hasLines = file.hasLines() && file.first() <= lastLine;
    if (hasLines && (!isNewest || pinned)) {
      findings.deviation(
          Place.of(file.name()),
          12,
          "a checkpoint of its last line",
          "no checkpoint in the whole log");
    }
  }

  private void checkEnd(LineIndex.FileLines file) {
    if (isBeforeSigning(file)) {
      findings.note(
          file.name()
              + ": it is before the first checkpoint of the log, and may be older than signing");
    } else if (!acceptedLines.contains(file.last())) {
      findings.deviation(
          Place.of(file.name()), 12, "a checkpoint of its last line, " + file.last(), "none");
    }
  }

  /** Whether rule 12 makes its exception for a file. */
  boolean isExcepted(String dayFile, LineIndex index, String newest) {
    LineIndex.FileLines file = index.files().get(dayFile);
    return file != null
        && !signed.isEmpty()
        && !dayFile.equals(newest)
        && file.chained()
        && isBeforeSigning(file);
  }

  private boolean isBeforeSigning(LineIndex.FileLines file) {
    return file.name().compareTo(signed.get(0).file()) < 0;
  }

  private void checkNote(Note note, String dayFile) {
    try {
      Checkpoint checkpoint = Checkpoint.parse(note, logName);
      boolean isSigned = isSigned(note, checkpoint, dayFile);
      if (isSigned && breaks.supersede(checkpoint)) {
        superseded.add(checkpoint);
        return;
      }
      daysWithNotes.add(dayFile);
      if (isSigned && isInOrder(checkpoint)) {
        signed.add(checkpoint);
      }
    } catch (FormException e) {
      daysWithNotes.add(dayFile);
      findings.deviation(
          note.place(),
          note.problem() == null ? 8 : 7,
          e.expected(),
          note.problem() == null ? note.text() : note.problem());
    }
  }

  private boolean isSigned(Note note, Checkpoint checkpoint, String dayFile) {
    if (!checkpoint.file().equals(dayFile)) {
      findings.deviation(
          note.place(), 8, "a checkpoint of " + dayFile, "one of " + checkpoint.file());
      return false;
    }
    Optional<String> refusal = keys.refusal(note, checkpoint.time());
    refusal.ifPresent(
        reason -> findings.deviation(note.place(), 8, "a signature of a trusted key", reason));
    return refusal.isEmpty();
  }

  private boolean isInOrder(Checkpoint checkpoint) {
    Checkpoint last = before;
    before = checkpoint;
    if (last == null
        || (checkpoint.lines() >= last.lines() && !checkpoint.time().isBefore(last.time()))) {
      return true;
    }
    findings.deviation(
        checkpoint.place(),
        9,
        "at least " + last.lines() + " lines and no time before " + last.time(),
        checkpoint.lines() + " lines at " + checkpoint.time());
    return false;
  }

  /** In what the log differs from a checkpoint of it (rules 10 and 13). */
  static Optional<String> misfit(Checkpoint checkpoint, LineIndex index) {
    Optional<LineIndex.Found> line = index.line(checkpoint.lines());
    if (line.isEmpty()) {
      return Optional.of("no such line");
    }
    boolean fits =
        line.get().file().equals(checkpoint.file())
            && line.get().end() == checkpoint.bytes()
            && checkpoint.chain().equals(line.get().chain());
    return fits
        ? Optional.empty()
        : Optional.of(
            "one that ends at byte "
                + line.get().end()
                + " of "
                + line.get().file()
                + " with the chain "
                + line.get().chain());
  }

  static String expected(Checkpoint checkpoint) {
    return "line "
        + checkpoint.lines()
        + " of the log to end at byte "
        + checkpoint.bytes()
        + " of "
        + checkpoint.file()
        + " with the chain "
        + checkpoint.chain()
        + ", logged until "
        + checkpoint.time();
  }

  private static Optional<String> tooEarly(Checkpoint checkpoint, LineIndex index) {
    Instant loggedAt = index.line(checkpoint.lines()).map(LineIndex.Found::loggedAt).orElse(null);
    return loggedAt != null && !loggedAt.isAfter(checkpoint.time())
        ? Optional.empty()
        : Optional.of("one that was logged at " + loggedAt);
  }
}
