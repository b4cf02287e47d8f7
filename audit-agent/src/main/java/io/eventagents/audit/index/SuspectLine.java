package io.eventagents.audit.index;

import io.eventagents.DatabaseFailure;
import io.eventagents.audit.log.LogPlace;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line that work on the log fails at again and again, for want of memory most likely:
 * behind a failure lines go alone, and one that has failed {@link #ATTEMPTS} times alone is set
 * aside. One failure says nothing of a line, since anybody may have taken the memory. Not
 * thread-safe.
 */
final class SuspectLine {

  /** So often a line is tried alone. */
  static final int ATTEMPTS = 3;

  /** Up to there lines go alone. */
  private @Nullable LogPlace until;

  private @Nullable LogPlace suspect;
  private int failures;
  private String reason = "";

  /** How many lines go together from there on. */
  int most(LogPlace from) {
    return until != null && from.compareTo(until) < 0 ? 1 : IndexBatch.LINES;
  }

  /** Whether lines go alone from there on. */
  boolean isAlone(LogPlace from) {
    return most(from) == 1;
  }

  /** Work on a part of the log failed; an outage of the database is no line's doing. */
  void failed(IndexSpan span, Throwable failure) {
    if (DatabaseFailure.comesBack(failure)) {
      return;
    }
    if (!isAlone(span.from())) {
      until = span.to();
      return;
    }
    failures = span.from().equals(suspect) ? failures + 1 : 1;
    suspect = span.from();
    reason = failure.getClass().getSimpleName();
  }

  /** Whether the line that starts there is set aside. */
  boolean setsAside(LogPlace from) {
    return from.equals(suspect) && failures >= ATTEMPTS;
  }

  /** Why. */
  String reason() {
    return "indexing it ended in %s, %d times".formatted(reason, failures);
  }
}
