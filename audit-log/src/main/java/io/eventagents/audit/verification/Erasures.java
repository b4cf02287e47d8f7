package io.eventagents.audit.verification;

import io.eventagents.Sha256;
import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LineChain;
import io.eventagents.audit.log.LineFields;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells erased lines from altered ones: an erasure that was completed says so in the log, with how
 * many lines it concerned and a digest of which. Not thread-safe.
 */
final class Erasures {

  static final byte[] TOPIC = ByteText.ascii("erasure-events");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Lines that an erasure is said to have erased. */
  private static final class Erased {
    final String file;
    final long line;
    final long position;
    final MessageDigest sha256 = Sha256.start();
    long count;

    Erased(String file, long line, long position) {
      this.file = file;
      this.line = line;
      this.position = position;
    }
  }

  /**
   * What an event says.
   *
   * @param logId the log that it concerns; empty if it does not say
   */
  private record Completed(
      long records, String linesSha256, String logId, String file, long line) {}

  private final Map<String, Erased> erased = new LinkedHashMap<>();
  private final Map<String, Set<Completed>> completed = new HashMap<>();
  private final Set<String> requested = new HashSet<>();
  private final byte[] chain = new byte[LineChain.LENGTH + 1];
  private long proven;
  private int open;

  /** Takes in a line whose payload is erased. */
  void erased(LineFields parts, String file, long line, long position) {
    String id = ByteText.text(parts.line, parts.erasure, parts.erasureEnd);
    Erased state = erased.computeIfAbsent(id, unknown -> new Erased(file, line, position));
    state.count++;
    if (parts.chain >= 0) {
      System.arraycopy(parts.line, parts.chain, chain, 0, LineChain.LENGTH);
      chain[LineChain.LENGTH] = '\n';
      state.sha256.update(chain);
    }
  }

  /** Takes in a line that nothing is wrong with. */
  void unchanged(LineFields parts, String file, long line) {
    if (parts.payload != LineFields.Payload.EVENT
        || parts.topicEnd - parts.topic != TOPIC.length
        || !ByteText.isAt(parts.line, parts.topic, parts.topicEnd, TOPIC)) {
      return;
    }
    try {
      JsonNode event = JSON.readTree(Arrays.copyOfRange(parts.line, parts.value, parts.valueEnd));
      JsonNode data = event.path("data");
      String id = data.path("erasure_id").asString("");
      switch (event.path("event_type").asString("")) {
        case "erasure.requested" -> requested.add(id);
        case "erasure.completed" ->
            completed
                .computeIfAbsent(id, unknown -> new HashSet<>())
                .add(
                    new Completed(
                        data.path("records").isIntegralNumber()
                            ? data.path("records").asLong(-1)
                            : -1,
                        data.path("lines_sha256").asString(""),
                        data.path("log_id").asString(""),
                        file,
                        line));
        default -> {
          // Other events may come to be on that topic.
        }
      }
    } catch (JacksonException e) {
      // Not one of ours: the line has it as it came, and that is all there is to say.
    }
  }

  /**
   * Says which erasures have no proof.
   *
   * @param logId the log that this is; others may tell of their erasures on the same topic
   */
  void conclude(String logId, Findings findings, List<String> notes) {
    erased.forEach(
        (id, state) -> {
          String digest = HexFormat.of().formatHex(state.sha256.digest());
          Set<Completed> claims = completed.getOrDefault(id, Set.of());
          if (claims.stream()
              .anyMatch(
                  claim -> claim.records() == state.count && claim.linesSha256().equals(digest))) {
            proven += state.count;
          } else if (claims.isEmpty()) {
            open++;
            findings.add(
                state.file,
                state.line,
                state.position,
                "a payload, or an event erasure.completed of erasure '" + id + "' in the log",
                "a payload that is gone and "
                    + (requested.contains(id)
                        ? "an erasure that was not completed yet"
                        : "no such event")
                    + ", on %d lines".formatted(state.count));
          } else {
            Completed claim = claims.iterator().next();
            findings.add(
                state.file,
                state.line,
                state.position,
                "%d lines erased by erasure '%s', with the digest %s, as %s line %d says"
                    .formatted(
                        claim.records(), id, claim.linesSha256(), claim.file(), claim.line()),
                "%d with %s".formatted(state.count, digest));
          }
        });
    completed.forEach(
        (id, claims) -> {
          if (!erased.containsKey(id)) {
            claims.stream()
                .filter(claim -> claim.records() > 0)
                .forEach(claim -> missing(id, claim, logId, findings, notes));
          }
        });
  }

  /** An erasure of this log has lines. */
  private static void missing(
      String id, Completed claim, String logId, Findings findings, List<String> notes) {
    if (claim.logId().isEmpty()) {
      notes.add(
          "%s line %d says that erasure '%s' erased %d lines, of which none is here: it was one of another log"
                  .formatted(claim.file(), claim.line(), id, claim.records())
              + ", or what was erased is there again");
    } else if (claim.logId().equals(logId)) {
      findings.add(
          claim.file(),
          claim.line(),
          -1,
          "%d lines erased by erasure '%s'".formatted(claim.records(), id),
          "none: what was erased is there again");
    }
  }

  /**
   * How many erasures have begun and, as far as the log says, not ended; each is a deviation. That
   * they were requested may not be logged yet either.
   */
  int open() {
    return open;
  }

  /** How many lines are erased as an event in the log says. */
  long proven() {
    return proven;
  }
}
