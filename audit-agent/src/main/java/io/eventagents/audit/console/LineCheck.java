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
 * Compares a record in the index with its line in the log, and checks the line as {@code
 * docs/audit-log.md} describes: its payload against the salted digest, and its hash against the
 * line before. Only a verification of the whole log shows whether both were exchanged together.
 * Thread-safe.
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
          ? LineVerdict.unread("The log no longer has a line there.")
          : check(record, line);
    } catch (MalformedLine e) {
      return LineVerdict.changed("This is no longer a valid line of a log.", null);
    } catch (IOException e) {
      return LineVerdict.unread(
          "The line cannot be read ("
              + e.getMessage()
              + "). Was the file moved away, or is it in another log?");
    }
  }

  private LineVerdict check(FoundRecord record, LogLine found) throws IOException, MalformedLine {
    DigestedRecord line = LineReader.readDigested(found.text());
    String erasure = line.record().erasure();
    byte[] payload = erasure == null ? line.payload() : null;
    if (!isOf(record, line.record())) {
      return LineVerdict.changed("The log has another record where the index has this one.", null);
    }
    if (erasure == null && !line.fits()) {
      return LineVerdict.changed("The payload does not match its digest.", payload);
    }
    if (!link.holds(found.start(), found.text())) {
      return LineVerdict.changed(
          "The line does not follow the one before it: one of the two was changed.", payload);
    }
    return erasure != null
        ? new LineVerdict("erased", "Its payload was erased by " + erasure + ".", null)
        : new LineVerdict(
            "unchanged",
            "The payload matches its digest, and the line follows the one before it.",
            payload);
  }

  private static boolean isOf(FoundRecord record, LoggedRecord line) {
    return line.partition().topicId().toString().equals(record.topicId())
        && line.partition().partition() == record.partition()
        && line.offset() == record.offset();
  }
}
