package io.eventagents.audit.verification;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deviations as they are found: all are counted, the first are kept. */
final class Findings {

  private static final int KEPT = 20;

  private final List<Deviation> first = new ArrayList<>();
  private long count;

  void add(String file, long line, long position, String expected, @Nullable String found) {
    add(new Deviation(file, line, position, expected, found));
  }

  void add(Deviation deviation) {
    count++;
    if (first.size() < KEPT) {
      first.add(deviation);
    }
  }

  /** Forgets what was added since there were so many. */
  void takeBack(long formerCount) {
    while (count > formerCount) {
      if (count <= first.size()) {
        first.removeLast();
      }
      count--;
    }
  }

  long count() {
    return count;
  }

  Verdict verdict() {
    return new Verdict(count == 0, count, first);
  }
}
