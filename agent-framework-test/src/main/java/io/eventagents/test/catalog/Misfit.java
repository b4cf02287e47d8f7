package io.eventagents.test.catalog;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where what is written is not what is expected.
 *
 * @param path the field, such as {@code data.task_id}
 * @param kind what is wrong with it
 * @param written what is written there, in words
 * @param expected what is expected there, in words
 */
record Misfit(String path, Kind kind, String written, String expected) {

  /** Lists misfits in a message, each on a line. */
  static String list(List<Misfit> misfits, Function<Misfit, String> words) {
    return misfits.stream()
        .map(misfit -> "- " + misfit.path() + ": " + words.apply(misfit))
        .collect(Collectors.joining("\n"));
  }

  enum Kind {
    /** It is required, and nobody writes it. */
    MISSING,
    /** It is read if it is there, and nobody ever writes it. */
    NEVER_WRITTEN,
    /** It is required, and may be left out. */
    MAY_BE_ABSENT,
    /** It is of another type. */
    TYPE,
    /** It has values that are not known. */
    VALUES
  }
}
