package io.eventagents.audit.secondverifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checkpoints that were kept elsewhere (section "What has to hold", rule 13). */
final class KeptCheckpoints {

  private final String logName;
  private final KeyRing keys;
  private final Breaks breaks;
  private final Findings findings;
  private final List<Checkpoint> signed = new ArrayList<>();

  KeptCheckpoints(String logName, KeyRing keys, Breaks breaks, Findings findings) {
    this.logName = logName;
    this.keys = keys;
    this.breaks = breaks;
    this.findings = findings;
  }

  void read(List<Path> files) throws IOException, CannotTellException {
    for (Path path : files) {
      NoteFile file = NoteFile.read(path.toString(), LogDirectory.readable(path));
      if (file.notes().isEmpty() || file.rest().isPresent()) {
        findings.deviation(
            file.rest().orElse(Place.of(path.toString())),
            13,
            "at least one note, and notes only",
            file.rest().isPresent() ? "something else" : "nothing");
      }
      file.notes().forEach(this::checkNote);
    }
  }

  List<Checkpoint> signed() {
    return signed;
  }

  /** That the line that each is of is there, and that its file has checkpoints. */
  void compare(LineIndex index, long lastLine, CheckpointFiles beside, String newest) {
    for (Checkpoint checkpoint : signed) {
      Optional<String> misfit =
          checkpoint.lines() > lastLine
              ? Optional.of("no such line")
              : CheckpointFiles.misfit(checkpoint, index);
      if (misfit.isPresent() && breaks.supersede(checkpoint)) {
        continue;
      }
      misfit.ifPresent(
          found ->
              findings.deviation(
                  checkpoint.place(), 13, CheckpointFiles.expected(checkpoint), found));
      if (beside.isExcepted(checkpoint.file(), index, newest)) {
        findings.deviation(
            checkpoint.place(), 13, "checkpoints beside " + checkpoint.file(), "none");
      }
    }
  }

  private void checkNote(Note note) {
    if (note.problem() == null && note.firstLine().equals(logName + KeyNote.SUFFIX)) {
      return;
    }
    if (note.problem() == null && note.firstLine().equals(logName + BreakNote.SUFFIX)) {
      if (!breaks.has(note)) {
        findings.deviation(note.place(), 13, "a break that is beside the log", "one that is not");
      }
      return;
    }
    try {
      Checkpoint checkpoint = Checkpoint.parse(note, logName);
      Optional<String> refusal = keys.refusal(note, checkpoint.time());
      refusal.ifPresentOrElse(
          reason -> findings.deviation(note.place(), 13, "a signature of a trusted key", reason),
          () -> signed.add(checkpoint));
    } catch (FormException e) {
      findings.deviation(
          note.place(), 13, e.expected(), note.problem() == null ? note.text() : note.problem());
    }
  }
}
