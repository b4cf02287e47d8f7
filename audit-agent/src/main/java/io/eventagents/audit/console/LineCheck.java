package io.eventagents.audit.console;

import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.log.DigestedRecord;
import io.eventagents.audit.log.LineLink;
import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.LoggedRecord;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;

/**
 * Compares what the index says of a record with its line in the log, and checks the line as {@code
 * docs/audit-log.md} says how: its payload against the salted digest, and its hash against the line
 * before. That the two were not exchanged together is a matter of the whole log. Thread-safe.
 */
final class LineCheck {

  private final LogDirectory log;
  private final LineLink link;

  LineCheck(LogDirectory log) {
    this.log = log;
    this.link = new LineLink(log);
  }

  LineVerdict check(FoundRecord record) {
    try (LogReader reader = new LogReader(log, new LogPlace(record.file(), record.position()))) {
      LogLine line = reader.next(record.position() + record.length() + 1);
      return line == null
          ? LineVerdict.unread("The log has no line there any more.")
          : check(record, line);
    } catch (MalformedLine e) {
      return LineVerdict.changed("The line is no line of a log any more.", null);
    } catch (IOException e) {
      return LineVerdict.unread(
          "The line cannot be read ("
              + e.getMessage()
              + "): is the file in another log, or moved away?");
    }
  }

  private LineVerdict check(FoundRecord record, LogLine found) throws IOException, MalformedLine {
    DigestedRecord line = LineReader.readDigested(found.text());
    String erasure = line.record().erasure();
    byte[] payload = erasure == null ? line.payload() : null;
    if (!isOf(record, line.record())) {
      return LineVerdict.changed("Another record stands where the index has this one.", null);
    }
    if (erasure == null && !line.fits()) {
      return LineVerdict.changed("The payload does not fit its digest.", payload);
    }
    if (!link.holds(found.start(), found.text())) {
      return LineVerdict.changed(
          "The line does not follow the one before it: one of them changed.", payload);
    }
    return erasure != null
        ? new LineVerdict("erased", "Its payload was erased by " + erasure + ".", null)
        : new LineVerdict(
            "unchanged",
            "The payload fits its digest, and the line follows the one before it.",
            payload);
  }

  private static boolean isOf(FoundRecord record, LoggedRecord line) {
    return line.partition().topicId().toString().equals(record.topicId())
        && line.partition().partition() == record.partition()
        && line.offset() == record.offset();
  }
}
