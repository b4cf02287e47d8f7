package io.eventagents.audit.index;

import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import java.util.List;

/**
 * A part of a file of the log that is indexed in one transaction.
 *
 * @param from where it begins
 * @param to where it ends
 * @param replaces whether the rows of this part are dropped first
 * @param advances whether the log is indexed up to its end afterwards
 */
record IndexSpan(LogPlace from, LogPlace to, boolean replaces, boolean advances) {

  /** The span of lines behind all indexed ones. */
  static IndexSpan appended(List<LogLine> lines) {
    return new IndexSpan(lines.getFirst().start(), lines.getLast().end(), false, true);
  }

  /** The rest of a file, behind a place. */
  static IndexSpan behind(LogPlace place) {
    return new IndexSpan(place, new LogPlace(place.file(), Long.MAX_VALUE), false, false);
  }

  /** The part of this span up to a place, whose rows are dropped already. */
  IndexSpan upTo(LogPlace place) {
    return new IndexSpan(from, place, false, advances);
  }
}
