package io.eventagents.audit.secondverifier;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** The trusted keys, and until when each is trusted (section "What has to hold", rule 6). */
final class KeyRing {

  /** That a key was followed by another, and when. */
  private record End(VerifierKey next, Instant time) {}

  private final Map<String, VerifierKey> trusted = new LinkedHashMap<>();
  private final Map<String, End> ends = new HashMap<>();
  private final Map<String, Instant> lastTimes = new HashMap<>();
  private final Findings findings;

  private KeyRing(Findings findings) {
    this.findings = findings;
  }

  /** Follows the notes from the keys that are trusted to begin with. */
  static KeyRing of(Collection<VerifierKey> first, List<KeyNote> notes, Findings findings) {
    KeyRing ring = new KeyRing(findings);
    ring.follow(first, notes);
    return ring;
  }

  boolean isEmpty() {
    return trusted.isEmpty();
  }

  boolean trusts(VerifierKey key) {
    return trusted.containsKey(key.text());
  }

  Collection<VerifierKey> keys() {
    return trusted.values();
  }

  /**
   * Why a note is not signed by a trusted key at a time until which that is trusted (rule 8); empty
   * if it is.
   */
  Optional<String> refusal(Note note, Instant time) {
    List<VerifierKey> signers = trusted.values().stream().filter(key -> key.signed(note)).toList();
    if (signers.isEmpty()) {
      return Optional.of("no signature of such a key");
    }
    return signers.stream().anyMatch(key -> !time.isAfter(lastTime(key)))
        ? Optional.empty()
        : Optional.of("only a signature of a key that was followed by another before " + time);
  }

  private void follow(Collection<VerifierKey> first, List<KeyNote> notes) {
    Map<String, Set<KeyNote>> byKey = new HashMap<>();
    for (KeyNote note : notes) {
      byKey.computeIfAbsent(note.from().text(), key -> new LinkedHashSet<>()).add(note);
      byKey.computeIfAbsent(note.to().text(), key -> new LinkedHashSet<>()).add(note);
    }
    Set<KeyNote> leading = new HashSet<>();
    Queue<VerifierKey> next = new ArrayDeque<>(first);
    first.forEach(key -> trusted.put(key.text(), key));
    while (!next.isEmpty()) {
      VerifierKey key = next.remove();
      for (KeyNote note : byKey.getOrDefault(key.text(), Set.of())) {
        if (note.isSignedBy(key) && leading.add(note)) {
          lead(note, next);
        }
      }
    }
    if (!trusted.isEmpty()) {
      notes.stream().filter(note -> !leading.contains(note)).forEach(this::leadsNowhere);
    }
  }

  private void lead(KeyNote note, Queue<VerifierKey> next) {
    End end = ends.putIfAbsent(note.from().text(), new End(note.to(), note.time()));
    if (end != null && !end.next().text().equals(note.to().text())) {
      findings.deviation(
          note.place(), 6, "one successor of each key", "another one of " + note.from().text());
      return;
    }
    if (end != null && note.time().isBefore(end.time())) {
      ends.put(note.from().text(), new End(note.to(), note.time()));
    }
    for (VerifierKey key : List.of(note.from(), note.to())) {
      if (trusted.putIfAbsent(key.text(), key) == null) {
        next.add(key);
      }
    }
  }

  private void leadsNowhere(KeyNote note) {
    findings.deviation(
        note.place(),
        6,
        "a note that leads from or to a trusted key, signed by that",
        "one from " + note.from().text() + " to " + note.to().text());
  }

  /** The time of the key's own end, and no later than that of the key that followed it. */
  private Instant lastTime(VerifierKey key) {
    return lastTimes.computeIfAbsent(key.text(), this::computeLastTime);
  }

  private Instant computeLastTime(String key) {
    Instant last = Instant.MAX;
    Set<String> seen = new HashSet<>();
    for (End end = ends.get(key);
        end != null && seen.add(end.next().text());
        end = ends.get(end.next().text())) {
      last = end.time().isBefore(last) ? end.time() : last;
    }
    return last;
  }
}
