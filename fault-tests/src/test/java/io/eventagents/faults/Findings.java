package io.eventagents.faults;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Deviations from what was promised: things that may still arrive, and things that waiting cannot
 * fix.
 */
final class Findings {

  private static final int SHOWN = 15;

  private final List<String> missing = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /** Adds something that is not there yet. */
  void missing(String what) {
    missing.add(what);
  }

  /** Adds something that must not be there, or not in this form. */
  void wrong(String what) {
    wrong.add(what);
  }

  boolean isComplete() {
    return missing.isEmpty() && wrong.isEmpty();
  }

  /**
   * What is wrong now and was wrong before. A reader that reads one topic a moment after another
   * may see an answer without its cause.
   */
  Set<String> stillWrong(Findings before) {
    Set<String> still = new HashSet<>(wrong);
    still.retainAll(new HashSet<>(before.wrong));
    return still;
  }

  @Override
  public String toString() {
    return list("wrong", wrong) + list("missing", missing);
  }

  private static String list(String name, List<String> what) {
    return what.isEmpty()
        ? ""
        : "%d %s:%n  %s%n"
            .formatted(
                what.size(),
                name,
                what.stream()
                    .limit(SHOWN)
                    .collect(Collectors.joining(System.lineSeparator() + "  ")));
  }
}
