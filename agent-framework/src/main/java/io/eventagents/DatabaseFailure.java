package io.eventagents;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * What a failure of PostgreSQL means for the code that met it: does the same statement succeed
 * later, or would it be refused again?
 *
 * <pre>{@code
 * try {
 *   store(reminder);
 * } catch (RuntimeException e) {
 *   if (DatabaseFailure.comesBack(e)) {
 *     throw e;                       // nothing is wrong with the reminder: all would fail alike
 *   }
 *   setAside(reminder, e);
 * }
 * }</pre>
 *
 * <p>This is the only class that sorts failures of the database. Agents need not use it: the
 * framework sorts whatever a function throws. The SQLSTATE decides, at any depth of the chain of
 * causes; only a failure without one is judged by its JDBC or Spring class. Thread-safe.
 *
 * @param kind what it means
 * @param sqlState as PostgreSQL or its driver said it; null if neither said one
 * @param message the first line of what it said, for a person
 */
public record DatabaseFailure(Kind kind, @Nullable String sqlState, String message) {

  /** What a failure means. */
  public enum Kind {

    /**
     * The database is away or refuses everything: it is stopped, read-only, full, damaged, or no
     * longer lets this user in. It comes back, and then takes what it refused.
     */
    UNAVAILABLE,

    /**
     * This transaction lost: to another one (deadlock, serialization, a lock), to a time limit, or
     * to a change of a table for which it had prepared statements. The same may succeed at once.
     */
    CONFLICT,

    /** The statement or its values are at fault: they would be refused again. */
    REFUSED
  }

  private static final int DEEPEST = 50;
  private static final int LONGEST_MESSAGE = 300;

  /**
   * The transaction had failed before and somebody went on: the driver names the first failure as
   * the cause.
   */
  private static final String FAILED_BEFORE = "25P02";

  /**
   * What failed in the database.
   *
   * @param thrown what was caught
   * @return empty if it has nothing to do with a database
   */
  public static Optional<DatabaseFailure> of(Throwable thrown) {
    DatabaseFailure followUp = null;
    DatabaseFailure bySpring = null;
    int depth = 0;
    for (Throwable cause = thrown;
        cause != null && depth < DEEPEST;
        cause = cause.getCause(), depth++) {
      if (cause instanceof TransactionSystemException ended
          && ended.getApplicationException() != null) {
        // The rollback failed too, as over a lost connection: this is the first failure.
        Optional<DatabaseFailure> first = of(ended.getApplicationException());
        if (first.isPresent()) {
          return first;
        }
      }
      if (cause instanceof SQLException sql) {
        DatabaseFailure failure =
            new DatabaseFailure(kindOf(sql), sql.getSQLState(), firstLine(sql.getMessage()));
        if (!FAILED_BEFORE.equals(sql.getSQLState())) {
          return Optional.of(failure);
        }
        followUp = failure;
      } else if (bySpring == null) {
        Kind kind = kindOf(cause);
        bySpring =
            kind == null ? null : new DatabaseFailure(kind, null, firstLine(cause.getMessage()));
      }
    }
    return Optional.ofNullable(followUp == null ? bySpring : followUp);
  }

  /** Whether everybody who asks the database would fail alike, as long as it lasts. */
  public static boolean isOutage(Throwable thrown) {
    return of(thrown).filter(failure -> failure.kind() == Kind.UNAVAILABLE).isPresent();
  }

  /** Whether the same succeeds later: an outage, or a conflict. */
  public static boolean comesBack(Throwable thrown) {
    return of(thrown).filter(failure -> failure.kind() != Kind.REFUSED).isPresent();
  }

  /** What is wrong, in a few words that name neither tables nor values. */
  public String summary() {
    String what = sqlState == null ? "it cannot be reached" : words(sqlState, kind);
    return sqlState == null ? what : what + " (SQLSTATE " + sqlState + ")";
  }

  private static Kind kindOf(SQLException sql) {
    if (sql instanceof SQLTransientConnectionException
        || sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLRecoverableException) {
      return Kind.UNAVAILABLE;
    }
    if (PreparedStatements.areStale(sql)) {
      return Kind.CONFLICT;
    }
    String state = sql.getSQLState();
    if (state != null && state.length() >= 2) {
      return kindOf(state);
    }
    return switch (sql) {
      case SQLTransientException e -> Kind.CONFLICT;
      case SQLNonTransientException e -> Kind.REFUSED;
      // The server always gives a state: this comes from a pool that has lost a connection.
      default -> Kind.UNAVAILABLE;
    };
  }

  private static Kind kindOf(String state) {
    return switch (state) {
      // Idle for too long, cancelled, timed out, locked or failed before: only one transaction is
      // concerned.
      case FAILED_BEFORE, "25P03", "55006", "55P03", "57014", "57P05" -> Kind.CONFLICT;
      // No such database, a permission that was taken away.
      case "3D000", "42501" -> Kind.UNAVAILABLE;
      default ->
          switch (state.substring(0, 2)) {
            case "08", "25", "28", "53", "57", "58", "XX" -> Kind.UNAVAILABLE;
            case "40" -> Kind.CONFLICT;
            default -> Kind.REFUSED;
          };
    };
  }

  private static @Nullable Kind kindOf(Throwable spring) {
    return switch (spring) {
      case DataAccessResourceFailureException e -> Kind.UNAVAILABLE;
      case RecoverableDataAccessException e -> Kind.UNAVAILABLE;
      case TransientDataAccessException e -> Kind.CONFLICT;
      case DataAccessException e -> Kind.REFUSED;
      case CannotCreateTransactionException e -> Kind.UNAVAILABLE;
      case TransactionTimedOutException e -> Kind.CONFLICT;
      case TransactionSystemException e -> Kind.CONFLICT;
      case TransactionException e -> Kind.REFUSED;
      default -> null;
    };
  }

  private static String words(String state, Kind kind) {
    return switch (state) {
      case "0A000", "26000", "42P05" ->
          kind == Kind.CONFLICT ? "a statement has to be prepared again" : "it refuses this";
      case "25006" -> "it is read-only";
      case "53100" -> "its disk is full";
      case "53300" -> "it takes no more connections";
      case "42501" -> "it denies a permission";
      case "3D000" -> "it does not exist";
      case "57P01", "57P02", "57P03" -> "it is stopping or starting";
      default ->
          switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> "it cannot be reached";
            case "28" -> "it refuses the user";
            case "40", "55" -> "another transaction was in the way";
            case "53" -> "it lacks resources";
            case "57" -> "it was interrupted";
            case "58" -> "its system fails";
            case "XX" -> "it is damaged";
            default -> "it refuses this";
          };
    };
  }

  private static String firstLine(@Nullable String message) {
    if (message == null) {
      return "";
    }
    long end = message.chars().takeWhile(character -> !Character.isISOControl(character)).count();
    return message.substring(0, (int) Math.min(end, LONGEST_MESSAGE));
  }
}
