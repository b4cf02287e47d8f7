package io.eventagents.test.catalog;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A place where what is written differs from what is expected.
 *
 * @param path the field, such as {@code data.task_id}
 * @param kind what is wrong with it
 * @param written a description of what is written there
 * @param expected a description of what is expected there
 */
record Misfit(String path, Kind kind, String written, String expected) {

  /** Several in a message, each in a line. */
  static String list(List<Misfit> misfits, Function<Misfit, String> words) {
    return misfits.stream()
        .map(misfit -> "- " + misfit.path() + ": " + words.apply(misfit))
        .collect(Collectors.joining("\n"));
  }

  enum Kind {
    /** The field is required, but never written. */
    MISSING,
    /** The field is optional for the reader, and never written. */
    NEVER_WRITTEN,
    /** The field is required, but may be absent. */
    MAY_BE_ABSENT,
    /** The field has another type. */
    TYPE,
    /** The field has values that the reader does not know. */
    VALUES
  }
}
