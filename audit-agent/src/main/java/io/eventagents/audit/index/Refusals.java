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
      return switch (database.kind()) {
        case UNAVAILABLE, CONFLICT -> null;
        case REFUSED ->
            "the database refuses it"
                + (database.sqlState() == null ? "" : " (SQLSTATE " + database.sqlState() + ")");
      };
    }
    return failure instanceof RuntimeException
        ? "it cannot be stored: " + failure.getClass().getSimpleName()
        : null;
  }

  /** Whether the database cannot be asked at present. */
  static boolean isOutage(Throwable failure) {
    return DatabaseFailure.comesBack(failure);
  }
}
