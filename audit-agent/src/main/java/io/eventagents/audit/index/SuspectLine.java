package io.eventagents.audit.index;

import io.eventagents.DatabaseFailure;
import io.eventagents.audit.log.LogPlace;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line at which work on the log fails again and again, most likely for lack of memory.
 * After a failure, lines are worked on one by one; a line that fails {@link #ATTEMPTS} times alone
 * is set aside. A single failure says nothing about a line, because something else may have used
 * the memory. Not thread-safe.
 */
final class SuspectLine {

  /** How many times a line is tried alone. */
  static final int ATTEMPTS = 3;

  /** Lines up to here are worked on one by one. */
  private @Nullable LogPlace until;

  private @Nullable LogPlace suspect;
  private int failures;
  private String reason = "";

  /** How many lines are worked on together from a place on. */
  int most(LogPlace from) {
    return until != null && from.compareTo(until) < 0 ? 1 : IndexBatch.LINES;
  }

  /** Whether lines are worked on one by one from a place on. */
  boolean isAlone(LogPlace from) {
    return most(from) == 1;
  }

  /** Notes that work on a part of the log failed, unless the database was the reason. */
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

  /** Whether the line that starts at a place is set aside. */
  boolean setsAside(LogPlace from) {
    return from.equals(suspect) && failures >= ATTEMPTS;
  }

  /** Why a line is set aside. */
  String reason() {
    return "indexing it ended in %s, %d times".formatted(reason, failures);
  }
}
