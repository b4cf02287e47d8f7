package io.eventagents.audit.index;

import io.eventagents.DatabaseFailure;
import org.jspecify.annotations.Nullable;

/** Tells failures that a record causes from failures of the database. */
final class Refusals {

  private Refusals() {}

  /**
   * Why the database or its driver refuses what was to be stored; null if it may take the same
   * later.
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
