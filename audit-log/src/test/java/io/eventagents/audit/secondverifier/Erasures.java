package io.eventagents.audit.secondverifier;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The erased lines and the events that tell of them (section "What has to hold", rules 14 and 15).
 */
final class Erasures {

  /** The lines of an erasure. */
  private static final class Lines {

    private final Place first;
    private final MessageDigest sha256 = Hashes.sha256();
    private long count;

    private Lines(Place first) {
      this.first = first;
    }
  }

  private record Event(Place place, Completed completed) {}

  private final Map<String, Lines> erased = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();

  void erasedLine(Place place, String erasure, String chain) {
    Lines lines = erased.computeIfAbsent(erasure, id -> new Lines(place));
    lines.count++;
    lines.sha256.update(Hashes.ascii(chain + "\n"));
  }

  /** An event of a line that violates nothing itself. */
  void event(Place place, byte[] json) {
    Completed.read(json).ifPresent(completed -> events.add(new Event(place, completed)));
  }

  void check(String logId, Findings findings) {
    Map<String, List<Event>> byErasure = new HashMap<>();
    for (Event event : events) {
      byErasure.computeIfAbsent(event.completed().erasureId(), id -> new ArrayList<>()).add(event);
    }
    erased.forEach(
        (id, lines) -> checkLines(id, lines, byErasure.getOrDefault(id, List.of()), findings));
    events.forEach(event -> checkEvent(event, logId, findings));
  }

  private static void checkLines(String id, Lines lines, List<Event> events, Findings findings) {
    String sha256 = Hashes.hex(lines.sha256.digest());
    boolean fits =
        events.stream()
            .map(Event::completed)
            .anyMatch(
                completed ->
                    completed.records().orElse(-1) == lines.count
                        && sha256.equals(completed.linesSha256().orElse("")));
    if (!fits) {
      findings.deviation(
          lines.first,
          14,
          "an erasure.completed of "
              + id
              + " with "
              + lines.count
              + " records and lines_sha256 "
              + sha256,
          events.isEmpty() ? "none" : "others only");
    }
  }

  private void checkEvent(Event event, String logId, Findings findings) {
    Completed completed = event.completed();
    boolean ofThisLog =
        completed.logId().orElse("").equals(logId) && completed.records().orElse(0) > 0;
    if (ofThisLog && !erased.containsKey(completed.erasureId())) {
      findings.deviation(
          event.place(), 15, "lines that " + completed.erasureId() + " erased", "none");
    }
  }
}
