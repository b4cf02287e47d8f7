package io.eventagents.audit.index;

import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import java.util.List;

/**
 * A part of the log, of one file, that goes to the index at once.
 *
 * @param from where it begins
 * @param to where it ends
 * @param replaces whether all that the index has of this part is dropped first
 * @param advances whether the log is indexed up to its end then
 */
record IndexSpan(LogPlace from, LogPlace to, boolean replaces, boolean advances) {

  /** Lines behind all that are indexed. */
  static IndexSpan appended(List<LogLine> lines) {
    return new IndexSpan(lines.getFirst().start(), lines.getLast().end(), false, true);
  }

  /** The rest of a file. */
  static IndexSpan behind(LogPlace place) {
    return new IndexSpan(place, new LogPlace(place.file(), Long.MAX_VALUE), false, false);
  }

  /** A part of this one that was dropped already. */
  IndexSpan upTo(LogPlace place) {
    return new IndexSpan(from, place, false, advances);
  }
}
