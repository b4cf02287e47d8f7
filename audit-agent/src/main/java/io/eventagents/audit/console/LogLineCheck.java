package io.eventagents.audit.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.log.LineLink;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks a line as {@code docs/audit-log.md} says how: its payload against the salted digest, and
 * its hash against the line before. That the two were not exchanged together is a matter of the
 * whole log.
 */
final class LogLineCheck implements LineCheck {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  private static final String EVENT = ",\"event\":";
  private static final String DIGEST = ",\"payload_digest\":";

  private final LogDirectory log;
  private final LineLink link;

  LogLineCheck(LogDirectory log) {
    this.log = log;
    this.link = new LineLink(log);
  }

  @Override
  public LineVerdict check(FoundRecord record) {
    try (LogReader reader = new LogReader(log, new LogPlace(record.file(), record.position()))) {
      LogLine line = reader.next(record.position() + record.length() + 1);
      return line == null
          ? LineVerdict.unread("The log has no line there any more.")
          : check(record, line);
    } catch (IOException e) {
      return LineVerdict.unread(
          "The line cannot be read ("
              + e.getMessage()
              + "): is the file in another log, or moved away?");
    }
  }

  private LineVerdict check(FoundRecord record, LogLine found) throws IOException {
    byte[] text = found.text();
    try {
      JsonNode line = JSON.readTree(text);
      if (!line.path("topic_id").asString("").equals(record.topicId())
          || line.path("partition").asInt(-1) != record.partition()
          || line.path("offset").asLong(-1) != record.offset()) {
        return new LineVerdict(
            "changed", "Another record stands where the index has this one.", null);
      }
      JsonNode digest = line.path("payload_digest");
      boolean erased = digest.has("erased");
      byte[] payload = erased ? null : payload(text, line, digest);
      if (!erased
          && !digest(digest.path("salt").asString(""), payload)
              .equals(digest.path("sha256").asString(""))) {
        return new LineVerdict("changed", "The payload does not fit its digest.", payload);
      }
      if (!link.holds(found.start(), text)) {
        return new LineVerdict(
            "changed", "The line does not follow the one before it: one of them changed.", payload);
      }
      return erased
          ? new LineVerdict(
              "erased", "Its payload was erased by " + digest.path("erased").asString() + ".", null)
          : new LineVerdict(
              "unchanged",
              "The payload fits its digest, and the line follows the one before it.",
              payload);
    } catch (JacksonException | IllegalArgumentException e) {
      return new LineVerdict("changed", "The line is no line of a log any more.", null);
    }
  }

  private static byte @Nullable [] payload(byte[] text, JsonNode line, JsonNode digest) {
    if (digest.path("bytes").isString()) {
      return Base64.getDecoder().decode(digest.path("bytes").asString());
    }
    if (!line.has("event")) {
      return line.path("raw").isString()
          ? Base64.getDecoder().decode(line.path("raw").asString())
          : null;
    }
    String whole = new String(text, UTF_8);
    return whole
        .substring(whole.indexOf(EVENT) + EVENT.length(), whole.lastIndexOf(DIGEST))
        .getBytes(UTF_8);
  }

  private static String digest(String salt, byte @Nullable [] payload) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt.getBytes(UTF_8));
      if (payload != null) {
        sha256.update(payload);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
