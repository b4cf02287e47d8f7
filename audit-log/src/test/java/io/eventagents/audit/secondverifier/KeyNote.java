package io.eventagents.audit.secondverifier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A note that says that one key follows another (section "Checkpoints", "Keys"). */
record KeyNote(Note note, VerifierKey from, VerifierKey to, Instant time) {

  static final String SUFFIX = "/signing-keys";

  private static final int LINES = 4;

  /** Reads a note of a log, empty if it is none. */
  static Optional<KeyNote> parse(Note note, String logName) {
    List<String> lines = note.problem() == null ? note.lines() : List.of();
    if (lines.size() != LINES || !lines.get(0).equals(logName + SUFFIX)) {
      return Optional.empty();
    }
    Optional<Instant> time = after("time ", lines.get(1)).flatMap(Times::ofNote);
    Optional<VerifierKey> from = after("from ", lines.get(2)).flatMap(VerifierKey::parse);
    Optional<VerifierKey> to = after("to ", lines.get(3)).flatMap(VerifierKey::parse);
    if (time.isEmpty() || !isOf(from, logName) || !isOf(to, logName)) {
      return Optional.empty();
    }
    return Optional.of(new KeyNote(note, from.get(), to.get(), time.get()));
  }

  Place place() {
    return note.place();
  }

  boolean isSignedBy(VerifierKey key) {
    return key.signed(note);
  }

  private static boolean isOf(Optional<VerifierKey> key, String logName) {
    return key.filter(found -> found.name().equals(logName)).isPresent();
  }

  private static Optional<String> after(String label, String line) {
    return line.startsWith(label) ? Optional.of(line.substring(label.length())) : Optional.empty();
  }
}
