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
import tools.jackson.databind.JsonNode;

/** The audit log holds every record of every event topic, each once, in order, as it is. */
final class AuditLogCheck implements Check {

  private final AuditLines lines;

  AuditLogCheck(AuditLines lines) {
    this.lines = lines;
  }

  @Override
  public void check(Topics topics, Findings findings) {
    Set<Place> present =
        topics.events().stream().map(EventRecord::place).collect(Collectors.toSet());
    Map<Place, JsonNode> logged = logged(present, findings);
    for (EventRecord event : topics.events()) {
      JsonNode line = logged.remove(event.place());
      if (line == null) {
        findings.missing("the line of " + event + " in the audit log");
      } else if (!line.path("payload_digest")
          .path("sha256")
          .asString("")
          .equals(digest(line, event))) {
        findings.wrong("the audit log's digest is not that of " + event);
      } else if (!line.path("key").asString("").equals(event.key())) {
        findings.wrong("the audit log has the key " + line.path("key") + " for " + event);
      }
    }
    logged
        .keySet()
        .forEach(place -> findings.missing("the record that the audit log has of " + place));
  }

  /** Whether nothing of the topics stands between two that follow each other in the log. */
  private static boolean follows(Place place, @Nullable Long before, Set<Place> present) {
    long first = before == null ? 0 : before + 1;
    // What is left out is the mark of a transaction, or what was never committed.
    return place.offset() >= first
        && LongStream.range(first, place.offset())
            .noneMatch(
                offset -> present.contains(new Place(place.topic(), place.partition(), offset)));
  }

  private Map<Place, JsonNode> logged(Set<Place> present, Findings findings) {
    Map<Place, JsonNode> logged = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    for (JsonNode line : lines.read()) {
      Place place =
          new Place(
              line.path("topic").asString(""),
              line.path("partition").asInt(-1),
              line.path("offset").asLong(-1));
      if (logged.put(place, line) != null) {
        findings.wrong("the audit log has " + place + " twice");
      }
      Long before = last.put(place.topic() + "-" + place.partition(), place.offset());
      if (!follows(place, before, present)) {
        findings.wrong("the audit log has " + place + " behind offset " + before);
      }
    }
    return logged;
  }

  private static String digest(JsonNode line, EventRecord event) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(
          line.path("payload_digest")
              .path("salt")
              .asString("")
              .getBytes(StandardCharsets.US_ASCII));
      if (event.record().value() != null) {
        sha256.update(event.record().value());
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
