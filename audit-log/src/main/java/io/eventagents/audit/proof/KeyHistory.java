package io.eventagents.audit.proof;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key that signs, and those that it followed, each until its end. */
final class KeyHistory {

  /** By key, until when it signed; the end of time for the one that still does. */
  private final Map<VerificationKey, Instant> until = new LinkedHashMap<>();

  private KeyHistory(VerificationKey present) {
    until.put(present, Instant.MAX);
  }

  /**
   * That of a key, by the successions beside the log; those that do not lead to it do not count.
   */
  static KeyHistory of(VerificationKey present, CheckpointFiles files) throws IOException {
    KeyHistory history = new KeyHistory(present);
    List<SignedNote> left = new ArrayList<>(files.notes(CheckpointFiles.KEYS));
    boolean moved = true;
    while (moved) {
      moved = left.removeIf(history::goesBack);
    }
    return history;
  }

  /** Whether one of them signed this when it was the one to sign. */
  boolean vouchesFor(SignedNote note, Instant time) {
    return signature(note, time).isPresent();
  }

  /** The signature of the one that was the one to sign then. */
  Optional<NoteSignature> signature(SignedNote note, Instant time) {
    return until.entrySet().stream()
        .filter(key -> !time.isAfter(key.getValue()))
        .flatMap(key -> note.signature(key.getKey()).stream())
        .findFirst();
  }

  private boolean goesBack(SignedNote note) {
    try {
      KeySuccession succession = KeySuccession.parse(note.text());
      Instant end = until.get(succession.next());
      if (end == null
          || !note.isSignedBy(succession.next())
          || !note.isSignedBy(succession.former())) {
        return false;
      }
      until.putIfAbsent(
          succession.former(), succession.time().isBefore(end) ? succession.time() : end);
      return true;
    } catch (MalformedNote e) {
      return false;
    }
  }
}
