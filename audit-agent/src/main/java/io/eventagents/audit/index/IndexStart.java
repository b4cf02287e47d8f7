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
 * Finds the place at which to continue indexing a log. Files may have other lines than those that
 * were indexed, for example if an older copy replaced them while the agent was stopped, even if the
 * log has received the missing records again and has grown. So the last row of each file is
 * compared with its line, and indexing restarts at the first file whose last row has no line.
 */
final class IndexStart {

  private static final Logger log = LoggerFactory.getLogger(IndexStart.class);

  private final LogDirectory directory;
  private final RecordIndex index;
  private final int number;

  /**
   * @param number the number of the log in the index
   */
  IndexStart(LogDirectory directory, RecordIndex index, int number) {
    this.directory = directory;
    this.index = index;
    this.number = number;
  }

  /**
   * The place behind what is indexed and is in the log.
   *
   * @param end the end of the log on disk; null if it is empty
   * @return null for the beginning of the log
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
      log.warn(
          "The audit log has no {}, although that was indexed; indexing all of it again", stored);
      return null;
    }
    return stored;
  }

  /**
   * The place behind what is indexed of the files before one.
   *
   * @param from the first file that may have other lines than those that were indexed
   * @return null for the beginning of the log
   */
  @Nullable LogPlace before(String from) {
    LogPlace stored = index.indexed(number);
    return stored == null ? null : before(from, stored);
  }

  private LogPlace before(String from, LogPlace stored) {
    if (stored.file().compareTo(from) < 0) {
      return stored;
    }
    log.warn("The audit log has other lines than the index; indexing it again from {} on", from);
    LogPlace place = new LogPlace(from, 0);
    // First, so that a start after a failure in between does not continue behind it.
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
      // A file that was moved away cannot be compared, and its rows stay.
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
