package io.eventagents.audit.index;

import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the index goes on with a log. Files may have other lines than those that were indexed: an
 * older copy was put in their place while the agent was stopped, or what it lacks has come again
 * and the log is longer than it was. So the last row of a file is held against the line there, and
 * files are indexed again from the first one on whose last row is of no line.
 */
final class IndexStart {

  private static final Logger log = LoggerFactory.getLogger(IndexStart.class);

  private final LogDirectory directory;
  private final RecordIndex index;
  private final int number;

  /**
   * @param number of the log in the index
   */
  IndexStart(LogDirectory directory, RecordIndex index, int number) {
    this.directory = directory;
    this.index = index;
    this.number = number;
  }

  /**
   * Behind what is indexed and is in the log.
   *
   * @param end how far the log is on disk; null where it is empty
   * @return null for the begin of the log
   */
  @Nullable LogPlace behind(@Nullable LogPlace end) throws IOException {
    LogPlace stored = index.indexed(number);
    if (stored == null) {
      return null;
    }
    String changed = end == null ? null : firstChanged(end);
    if (changed != null) {
      return before(changed, stored);
    }
    if (end == null || stored.compareTo(end) > 0) {
      log.warn("The audit log has no {}, which was indexed: indexing all of it again", stored);
      return null;
    }
    return stored;
  }

  /**
   * Behind what is indexed of the files before this one.
   *
   * @param from the first file that may have other lines than those that were indexed
   * @return null for the begin of the log
   */
  @Nullable LogPlace before(String from) {
    LogPlace stored = index.indexed(number);
    return stored == null ? null : before(from, stored);
  }

  private LogPlace before(String from, LogPlace stored) {
    if (stored.file().compareTo(from) < 0) {
      return stored;
    }
    log.warn("The audit log has other lines, and so is indexed again from {} on", from);
    LogPlace place = new LogPlace(from, 0);
    // First, so that whoever starts after a failure in between does not go on behind it.
    index.advance(number, place);
    for (String file : index.files(number)) {
      if (file.compareTo(from) >= 0) {
        index.drop(number, file);
      }
    }
    return place;
  }

  private @Nullable String firstChanged(LogPlace end) throws IOException {
    String changed = null;
    List<String> files = directory.files();
    for (String file : index.files(number).reversed()) {
      if (file.compareTo(end.file()) > 0) {
        changed = file;
      } else if (files.contains(file)) {
        StoredRow last = index.lastRow(number, file);
        if (last == null || isInLog(last, end)) {
          return changed;
        }
        changed = file;
      }
      // What was moved away cannot be compared, and what was indexed of it stays.
    }
    return changed;
  }

  private boolean isInLog(StoredRow row, LogPlace end) throws IOException {
    LogPlace place = row.place();
    long size = place.file().equals(end.file()) ? end.position() : directory.size(place.file());
    if (place.position() >= size) {
      return false;
    }
    try (LogReader reader = new LogReader(directory, place)) {
      LogLine line = reader.next(size);
      return line != null && line.complete() && row.isOf(LineReader.readHead(line.text()));
    } catch (MalformedLine e) {
      return false;
    }
  }
}
