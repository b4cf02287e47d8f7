package io.eventagents.notification.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells a database that takes nothing now from one that refuses a value: whatever met the first has
 * to come again, and whatever met the second would be refused again.
 */
public final class DatabaseAway {

  private static final int DEEPEST = 50;

  private DatabaseAway() {}

  /** Whether this was thrown because the database takes nothing now. */
  public static boolean isCauseOf(Throwable thrown) {
    int depth = 0;
    for (Throwable cause = thrown;
        cause != null && depth < DEEPEST;
        cause = cause.getCause(), depth++) {
      if (cause instanceof TransientDataAccessException
          || cause instanceof CannotCreateTransactionException
          || (cause instanceof SQLException sql && isAway(sql))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAway(SQLException sql) {
    if (sql instanceof SQLTransientException
        || sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLRecoverableException) {
      return true;
    }
    String state = sql.getSQLState();
    // Connection lost; conflicts of transactions; disk or memory full; going down or coming up; a
    // standby, which only reads.
    return state != null
        && (state.startsWith("08")
            || state.startsWith("40")
            || state.startsWith("53")
            || state.startsWith("57")
            || state.startsWith("58")
            || state.equals("25006"));
  }
}
