package io.eventagents.audit.web;

import io.eventagents.audit.index.Cursor;
import io.eventagents.http.InvalidRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of pages. */
final class Paging {

  static final int LARGEST = 1000;
  static final int DEFAULT = 100;

  /** How many bytes of events a page has at most, unless a single event is larger. */
  static final long LARGEST_BYTES = 32L * 1024 * 1024;

  private Paging() {}

  static @Nullable Cursor cursor(@Nullable String value) {
    return cursor(value, Cursor::parse);
  }

  /**
   * What a cursor stands for; null if none was sent.
   *
   * @param parse throws an {@link IllegalArgumentException} if the text is no cursor
   */
  static <T> @Nullable T cursor(@Nullable String value, Function<String, T> parse) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("cursor", "must be the next_cursor of a page before");
    }
  }
}
