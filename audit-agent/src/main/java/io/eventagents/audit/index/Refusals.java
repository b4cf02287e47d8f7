package io.eventagents.audit.index;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/** Tells what a record has done from what has befallen the database. */
final class Refusals {

  /** Of PostgreSQL's classes of errors, where a value exceeds what the server can take. */
  private static final String LIMIT_EXCEEDED = "54";

  private Refusals() {}

  /**
   * Why the database, or its driver, takes none of what was to be stored; null where it may take
   * the same later.
   */
  static @Nullable String reason(Throwable failure) {
    if (failure instanceof NonTransientDataAccessResourceException && !exceedsLimit(failure)) {
      return null;
    }
    return switch (failure) {
      case NonTransientDataAccessException e -> "the database refuses it" + state(e);
      case DataAccessException e -> null;
      case TransactionException e -> null;
      case RuntimeException e -> "it cannot be stored: " + e.getClass().getSimpleName();
      default -> null;
    };
  }

  /** Whether the database cannot be asked at present. */
  static boolean isOutage(Throwable failure) {
    return (failure instanceof DataAccessException || failure instanceof TransactionException)
        && reason(failure) == null;
  }

  /** Spring counts it among the failures of resources, as if it would pass. */
  private static boolean exceedsLimit(Throwable failure) {
    String state = sqlState(failure);
    return state != null && state.startsWith(LIMIT_EXCEEDED);
  }

  private static String state(Throwable failure) {
    String state = sqlState(failure);
    return state == null ? "" : " (SQLSTATE " + state + ")";
  }

  private static @Nullable String sqlState(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return e.getSQLState();
      }
    }
    return null;
  }
}
