package io.eventagents.audit.index;

import io.eventagents.DatabaseFailure;
import org.jspecify.annotations.Nullable;

/** Tells what a record has done from what has befallen the database. */
final class Refusals {

  private Refusals() {}

  /**
   * Why the database, or its driver, takes none of what was to be stored; null where it may take
   * the same later.
   */
  static @Nullable String reason(Throwable failure) {
    DatabaseFailure database = DatabaseFailure.of(failure).orElse(null);
    if (database != null) {
      String state = database.sqlState();
      return database.kind() == DatabaseFailure.Kind.REFUSED
          ? "the database refuses it" + (state == null ? "" : " (SQLSTATE " + state + ")")
          : null;
    }
    return failure instanceof RuntimeException
        ? "it cannot be stored: " + failure.getClass().getSimpleName()
        : null;
  }
}
