package io.eventagents.audit.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does something with files so that one that fails, however often, keeps no other from its turn:
 * those that failed before come last, and after a few failures the rest waits for the next round,
 * since then it is not the files. Not thread-safe.
 */
final class EachFile {

  private static final int MOST_FAILURES = 3;

  private final Set<String> failed = new HashSet<>();

  /** A file and why nothing was done with it. */
  record Failure(String file, Exception because) {}

  /** What is done with a file. */
  @FunctionalInterface
  interface Step {
    void take(String file) throws IOException;
  }

  /**
   * Does it with as many as it can.
   *
   * @return the first failure; null if there was none
   */
  @Nullable Failure run(List<String> files, Step step) {
    failed.retainAll(Set.copyOf(files));
    List<String> ordered = new ArrayList<>(files);
    ordered.sort(Comparator.comparing(failed::contains));
    Failure first = null;
    int failures = 0;
    for (String file : ordered) {
      try {
        step.take(file);
        failed.remove(file);
      } catch (IOException | RuntimeException e) {
        failed.add(file);
        first = first == null ? new Failure(file, e) : first;
        if (++failures == MOST_FAILURES) {
          break;
        }
      }
    }
    return first;
  }
}
