package io.eventagents.audit.secondverifier;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The breaks that were stated of the log (section "What has to hold", rules 16 to 20). */
final class Breaks {

  private static final String NOTES = "breaks.notes";

  private final LogDirectory directory;
  private final String logName;
  private final KeyRing keys;
  private final Findings findings;
  private final List<BreakNote> breaks = new ArrayList<>();
  private final Map<Long, BreakNote> byLines = new HashMap<>();

  Breaks(LogDirectory directory, String logName, KeyRing keys, Findings findings) {
    this.directory = directory;
    this.logName = logName;
    this.keys = keys;
    this.findings = findings;
  }

  /** Rule 16: what can be told without the lines. */
  void read(String start) throws IOException, CannotTellException {
    if (!directory.has(NOTES)) {
      return;
    }
    NoteFile file = NoteFile.read(NOTES, directory.readable(NOTES));
    String after = start;
    for (Note note : file.notes()) {
      try {
        BreakNote next = BreakNote.parse(note, logName);
        if (isGood(next, after)) {
          breaks.add(next);
          byLines.put(next.lines(), next);
          after = next.hash();
        }
      } catch (FormException e) {
        findings.deviation(
            note.place(), 16, e.expected(), note.problem() == null ? note.text() : note.problem());
      }
    }
    file.rest().ifPresent(place -> findings.note(place + ": the rest of a note that a crash left"));
  }

  private boolean isGood(BreakNote next, String after) {
    Optional<String> refusal =
        keys.refusal(next.note(), next.time())
            .or(() -> keys.refusal(next.carried(), next.old().time()));
    if (refusal.isPresent()) {
      findings.deviation(next.place(), 16, "a signature of a trusted key", refusal.get());
      return false;
    }
    boolean inOrder =
        breaks.isEmpty() || breaks.get(breaks.size() - 1).time().isBefore(next.time());
    if (!inOrder || !next.after().equals(after)) {
      findings.deviation(
          next.place(), 16, "a later break, after " + after, next.time() + ", " + next.after());
      return false;
    }
    if (supersede(next.old())) {
      findings.deviation(
          next.place(), 16, "lines that are not missing already", "up to " + next.old().lines());
      return false;
    }
    return true;
  }

  /** Those that rule 16 accepts, in words. */
  List<String> named() {
    return breaks.stream().map(BreakNote::named).map(Findings::printable).toList();
  }

  Stream<Long> wantedLines() {
    return breaks.stream().flatMap(one -> Stream.of(one.lines(), one.old().lines()));
  }

  /** Rule 17: whether a checkpoint is of lines that are missing. */
  boolean supersede(Checkpoint checkpoint) {
    return supersede(checkpoint.lines(), checkpoint.time());
  }

  private boolean supersede(long lines, Instant time) {
    return breaks.stream().anyMatch(one -> one.supersedes(lines, time));
  }

  /** Rules 17 to 19. */
  void compare(LineIndex index, List<Checkpoint> accepted, List<Checkpoint> superseded) {
    for (Checkpoint checkpoint : superseded) {
      requireMissing(checkpoint, checkpoint.place(), index);
    }
    for (BreakNote one : breaks) {
      requireMissing(one.old(), one.place(), index);
      long fitting =
          Stream.concat(
                  accepted.stream(), superseded.stream().filter(old -> isSupersededAfter(one, old)))
              .filter(checkpoint -> !checkpoint.time().isAfter(one.old().time()))
              .mapToLong(Checkpoint::lines)
              .filter(lines -> lines < one.old().lines())
              .max()
              .orElse(0);
      if (one.from() != fitting + 1) {
        findings.deviation(
            one.place(), 18, "missing from line " + (fitting + 1), "from " + one.from());
      }
      if (!supersede(one.lines(), one.time()) && !isThere(one, index)) {
        findings.deviation(
            one.place(), 19, "line " + one.lines() + " with the chain " + one.chain(), "none");
      }
    }
  }

  /** Whether only breaks behind this one supersede a checkpoint. */
  private boolean isSupersededAfter(BreakNote one, Checkpoint checkpoint) {
    return breaks.subList(0, breaks.indexOf(one) + 1).stream()
        .noneMatch(other -> other.supersedes(checkpoint.lines(), checkpoint.time()));
  }

  private void requireMissing(Checkpoint checkpoint, Place place, LineIndex index) {
    if (CheckpointFiles.misfit(checkpoint, index).isEmpty()) {
      findings.deviation(
          place, 17, "line " + checkpoint.lines() + " to be missing", "it, as it was signed");
    }
  }

  private static boolean isThere(BreakNote one, LineIndex index) {
    return index
        .line(one.lines())
        .filter(
            line ->
                line.file().equals(one.file())
                    && line.end() == one.bytes()
                    && one.chain().equals(line.chain())
                    && line.loggedAt() != null
                    && !line.loggedAt().isAfter(one.time()))
        .isPresent();
  }

  /** Rule 20: what a line in its form states, or should. */
  Optional<String> misstatement(long number, Optional<String> stated) {
    BreakNote before = byLines.get(number - 1);
    boolean isLast = before != null && before.equals(breaks.getLast());
    if (stated.isEmpty()) {
      return isLast ? Optional.of("the break of " + before.time()) : Optional.empty();
    }
    return before != null && stated.get().equals(before.note().whole())
        ? Optional.empty()
        : Optional.of("no break, or the one that is of the line before");
  }

  /** Rule 20, of one that was kept elsewhere. */
  boolean has(Note note) {
    return breaks.stream().anyMatch(one -> one.note().text().equals(note.text()));
  }
}
