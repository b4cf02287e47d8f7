package io.eventagents.audit.web;

import io.eventagents.audit.index.Cursor;
import io.eventagents.http.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** The parameters of pages. */
final class Paging {

  static final int LARGEST = 1000;
  static final int DEFAULT = 100;

  /** What a page has of what was sent, unless one event alone is larger. */
  static final long LARGEST_BYTES = 32L * 1024 * 1024;

  private Paging() {}

  /**
   * @param limit as it was sent; null or empty where it was not
   * @throws org.springframework.web.ErrorResponseException where it is no number from 1 to the
   *     largest
   */
  static int size(@Nullable String limit, int otherwise, int largest) {
    if (limit == null || limit.isEmpty()) {
      return otherwise;
    }
    try {
      int size = Integer.parseInt(limit);
      if (size >= 1 && size <= largest) {
        return size;
      }
    } catch (NumberFormatException e) {
      // The problem below says what a limit is.
    }
    throw new InvalidRequest("limit", "has to be a number from 1 to " + largest);
  }

  static @Nullable Cursor cursor(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      return Cursor.parse(value);
    } catch (IllegalArgumentException e) {
      throw noCursor();
    }
  }

  static RuntimeException noCursor() {
    return new InvalidRequest("cursor", "has to be the next_cursor of a page before");
  }
}
