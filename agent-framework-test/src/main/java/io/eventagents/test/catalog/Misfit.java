package io.eventagents.test.catalog;

/**
 * Where what is written is not what is expected.
 *
 * @param path the field, such as {@code data.task_id}
 * @param kind what is wrong with it
 * @param written what is written there, in words
 * @param expected what is expected there, in words
 */
record Misfit(String path, Kind kind, String written, String expected) {

  enum Kind {
    /** It is required, and nobody writes it. */
    MISSING,
    /** It is read where it is there, and nobody ever writes it. */
    NEVER_WRITTEN,
    /** It is required, and may be left out. */
    MAY_BE_ABSENT,
    /** It is of another type. */
    TYPE,
    /** It has values that are not known. */
    VALUES
  }
}
