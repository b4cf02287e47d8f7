package io.eventagents.faults;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The audit log contains every record of every event topic exactly once, in order and unchanged.
 */
final class AuditLogCheck implements Check {

  private final AuditLines lines;

  AuditLogCheck(AuditLines lines) {
    this.lines = lines;
  }

  @Override
  public void check(Topics topics, Findings findings) {
    Set<Place> present =
        topics.events().stream().map(EventRecord::place).collect(Collectors.toSet());
    Map<Place, AuditLine> logged = logged(present, findings);
    for (EventRecord event : topics.events()) {
      AuditLine line = logged.remove(event.place());
      if (line == null) {
        findings.missing("the line of " + event + " in the audit log");
      } else if (!line.sha256().equals(digest(line, event))) {
        findings.wrong("the audit log's digest is not that of " + event);
      } else if (!line.key().equals(event.key())) {
        findings.wrong("the audit log has the key " + line.key() + " for " + event);
      }
    }
    logged
        .keySet()
        .forEach(place -> findings.missing("the record that the audit log has at " + place));
  }

  /** Whether no record of the topics lies between two that follow each other in the log. */
  private static boolean follows(Place place, @Nullable Long before, Set<Place> present) {
    long first = before == null ? 0 : before + 1;
    // The offsets between are the marker of a transaction or records that were never committed.
    return place.offset() >= first
        && LongStream.range(first, place.offset())
            .noneMatch(
                offset -> present.contains(new Place(place.topic(), place.partition(), offset)));
  }

  private Map<Place, AuditLine> logged(Set<Place> present, Findings findings) {
    Map<Place, AuditLine> logged = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    for (AuditLine line : lines.read()) {
      Place place = line.place();
      if (logged.put(place, line) != null) {
        findings.wrong("the audit log has " + place + " twice");
      }
      Long before = last.put(place.topic() + "-" + place.partition(), place.offset());
      if (!follows(place, before, present)) {
        findings.wrong("the audit log has " + place + " after offset " + before);
      }
    }
    return logged;
  }

  private static String digest(AuditLine line, EventRecord event) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(line.salt().getBytes(StandardCharsets.US_ASCII));
      if (event.record().value() != null) {
        sha256.update(event.record().value());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
