package io.eventagents.audit.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.Sha256;
import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.log.LineLink;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Checks a line as {@code docs/audit-log.md} says how: its payload against the salted digest, and
 * its hash against the line before. That the two were not exchanged together is a matter of the
 * whole log.
 */
final class LogLineCheck implements LineCheck {

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
      LineToCheck line = LineToCheck.read(text);
      if (!line.topicId().equals(record.topicId())
          || line.partition() != record.partition()
          || line.offset() != record.offset()) {
        return new LineVerdict(
            "changed", "Another record stands where the index has this one.", null);
      }
      String erasure = line.erasure();
      byte[] payload = erasure != null ? null : payload(text, line);
      if (erasure == null && !digest(line.salt(), payload).equals(line.sha256())) {
        return new LineVerdict("changed", "The payload does not fit its digest.", payload);
      }
      if (!link.holds(found.start(), text)) {
        return new LineVerdict(
            "changed", "The line does not follow the one before it: one of them changed.", payload);
      }
      return erasure != null
          ? new LineVerdict("erased", "Its payload was erased by " + erasure + ".", null)
          : new LineVerdict(
              "unchanged",
              "The payload fits its digest, and the line follows the one before it.",
              payload);
    } catch (JacksonException | IllegalArgumentException e) {
      return new LineVerdict("changed", "The line is no line of a log any more.", null);
    }
  }

  private static byte @Nullable [] payload(byte[] text, LineToCheck line) {
    String encoded = line.bytes() != null ? line.bytes() : line.raw();
    if (encoded != null) {
      return Base64.getDecoder().decode(encoded);
    }
    if (!line.hasEvent()) {
      return null;
    }
    String whole = new String(text, UTF_8);
    return whole
        .substring(whole.indexOf(EVENT) + EVENT.length(), whole.lastIndexOf(DIGEST))
        .getBytes(UTF_8);
  }

  private static String digest(String salt, byte @Nullable [] payload) {
    byte[] salted = salt.getBytes(UTF_8);
    return payload == null ? Sha256.hex(salted) : Sha256.hex(salted, payload);
  }
}
