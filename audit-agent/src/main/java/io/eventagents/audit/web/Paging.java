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
