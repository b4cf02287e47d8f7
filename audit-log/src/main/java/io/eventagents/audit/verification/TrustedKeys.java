package io.eventagents.audit.verification;

import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.FoundNote;
import io.eventagents.audit.proof.KeySuccession;
import io.eventagents.audit.proof.LogName;
import io.eventagents.audit.proof.MalformedNote;
import io.eventagents.audit.proof.NoteReader;
import io.eventagents.audit.proof.SignedNote;
import io.eventagents.audit.proof.SigningKeys;
import io.eventagents.audit.proof.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose checkpoints count: one that was pinned, or else the one beside the log, and those
 * that it leads to by the successions that were signed.
 */
final class TrustedKeys {

  /** By key, until when it signed; the end of time for the one that still does. */
  private final Map<VerificationKey, Instant> until = new LinkedHashMap<>();

  /** By key, the one that followed it: no other does, whoever has the former key by then. */
  private final Map<VerificationKey, VerificationKey> followedBy = new HashMap<>();

  private final boolean pinned;
  private final int successions;

  private TrustedKeys(boolean pinned, int successions) {
    this.pinned = pinned;
    this.successions = successions;
  }

  /**
   * Those of a log.
   *
   * @param pinned the key that is known to be right; null if none is
   */
  static TrustedKeys of(
      Path directory, String logId, @Nullable VerificationKey pinned, Findings findings)
      throws IOException {
    List<SignedNote> notes = successions(directory, logId, findings);
    VerificationKey beside = beside(directory, logId, findings);
    TrustedKeys keys = new TrustedKeys(pinned != null, notes.size());
    VerificationKey first = pinned == null ? beside : pinned;
    if (first != null) {
      keys.until.put(first, Instant.MAX);
      keys.follow(notes, findings);
    }
    if (pinned != null && beside != null && !keys.until.containsKey(beside)) {
      findings.add(
          SigningKeys.PUBLIC,
          1,
          0,
          "the key " + pinned.id() + " that was pinned, or one that it leads to",
          "the key " + beside.id());
    }
    return keys;
  }

  /** Whether there is any. */
  boolean isEmpty() {
    return until.isEmpty();
  }

  /** Whether one was pinned. */
  boolean isPinned() {
    return pinned;
  }

  /** How many of them there are. */
  int size() {
    return until.size();
  }

  /** How often a key was handed over to the next. */
  int successions() {
    return successions;
  }

  /** What is wrong with who signed; empty if nothing is. */
  Optional<String> objection(SignedNote note, Instant time) {
    for (Map.Entry<VerificationKey, Instant> key : until.entrySet()) {
      if (note.isSignedBy(key.getKey())) {
        return time.isAfter(key.getValue())
            ? Optional.of(
                "a signature of the key %s, which another followed at %s"
                    .formatted(key.getKey().id(), key.getValue()))
            : Optional.empty();
      }
    }
    boolean known =
        until.keySet().stream()
            .anyMatch(
                key ->
                    note.signatures().stream()
                        .anyMatch(signature -> signature.keyId().equals(key.id())));
    return Optional.of(
        known
            ? "a signature that does not fit the text"
            : "signatures of " + note.signatures().stream().map(s -> s.keyId()).toList());
  }

  /** The trusted keys, in words. */
  String named() {
    return until.isEmpty()
        ? "none: there is no " + SigningKeys.PUBLIC + ", and none was pinned"
        : until.keySet().stream().map(VerificationKey::id).toList().toString();
  }

  private void follow(List<SignedNote> notes, Findings findings) {
    List<SignedNote> left = new ArrayList<>(notes);
    boolean moved = true;
    while (moved) {
      moved = left.removeIf(this::follows);
    }
    for (SignedNote note : left) {
      findings.add(
          CheckpointFiles.KEYS,
          0,
          -1,
          "successions signed by the keys " + named(),
          "one signed by " + note.signatures().stream().map(s -> s.keyId()).toList());
    }
  }

  private boolean follows(SignedNote note) {
    try {
      KeySuccession succession = KeySuccession.parse(note.text());
      boolean forth =
          until.containsKey(succession.former()) && note.isSignedBy(succession.former());
      boolean back = until.containsKey(succession.next()) && note.isSignedBy(succession.next());
      VerificationKey follower = followedBy.get(succession.former());
      if ((forth || back) && (follower == null || follower.equals(succession.next()))) {
        followedBy.put(succession.former(), succession.next());
        // A key that was followed cannot vouch for another beyond its own end.
        Instant end =
            earlier(succession.time(), until.getOrDefault(succession.next(), Instant.MAX));
        until.merge(succession.former(), end, TrustedKeys::earlier);
        until.putIfAbsent(succession.next(), Instant.MAX);
        return true;
      }
      return false;
    } catch (MalformedNote e) {
      throw new IllegalStateException("It was read before", e);
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static List<SignedNote> successions(Path directory, String logId, Findings findings)
      throws IOException {
    List<SignedNote> notes = new ArrayList<>();
    CheckpointFiles files = new CheckpointFiles(directory);
    if (!files.exists(CheckpointFiles.KEYS)) {
      return notes;
    }
    try (NoteReader reader = files.read(CheckpointFiles.KEYS)) {
      for (FoundNote found = reader.next(); found != null; found = reader.next()) {
        if (found.torn()) {
          continue;
        }
        try {
          SignedNote note = found.signed();
          KeySuccession succession = KeySuccession.parse(note.text());
          if (!succession.logId().equals(logId)) {
            throw new MalformedNote("a succession of keys of the log " + logId);
          }
          notes.add(note);
        } catch (MalformedNote e) {
          findings.add(
              CheckpointFiles.KEYS,
              found.line(),
              found.start(),
              String.valueOf(e.getMessage()),
              null);
        }
      }
    }
    return notes;
  }

  private static @Nullable VerificationKey beside(Path directory, String logId, Findings findings)
      throws IOException {
    Path file = directory.resolve(SigningKeys.PUBLIC);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return VerificationKey.read(file, LogName.of(logId));
    } catch (MalformedNote e) {
      findings.add(SigningKeys.PUBLIC, 1, 0, String.valueOf(e.getMessage()), null);
      return null;
    }
  }
}
