package io.eventagents.dispatch;

import io.eventagents.DependencyUnavailable;
import io.eventagents.RejectedEvent;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.RunawayChain;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a failed attempt means for the event. */
sealed interface Failure {

  /**
   * The other end is down: nothing is wrong with the event.
   *
   * @param dependency what is waited for
   * @param retryAfter how long it asked to be left alone
   */
  record Unavailable(String dependency, @Nullable Duration retryAfter) implements Failure {}

  /**
   * The event can never be handled.
   *
   * @param reason why
   */
  record Final(String reason) implements Failure {}

  /**
   * Anything else: it may go better next time.
   *
   * @param reason what was thrown
   */
  record Passing(String reason) implements Failure {}

  /** Reads what was thrown, wherever in the chain of causes it stands. */
  static Failure of(Throwable thrown) {
    int depth = 0;
    for (Throwable cause = thrown; cause != null && depth < 50; cause = cause.getCause(), depth++) {
      switch (cause) {
        case MalformedEvent malformed -> {
          return new Final(malformed.reason());
        }
        case RunawayChain runaway -> {
          return new Final(runaway.reason());
        }
        case RejectedEvent rejected -> {
          return new Final(rejected.reason());
        }
        case DependencyUnavailable unavailable -> {
          return new Unavailable(unavailable.dependency(), unavailable.retryAfter().orElse(null));
        }
        case SQLException sql -> {
          if (isConnectionLost(sql)) {
            return new Unavailable("database", null);
          }
        }
        default -> {}
      }
    }
    String message = thrown.getMessage();
    return new Passing(thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message));
  }

  private static boolean isConnectionLost(SQLException sql) {
    if (sql instanceof SQLTransientConnectionException
        || sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLRecoverableException) {
      return true;
    }
    String state = sql.getSQLState();
    if (state == null) {
      // So says the pool of a connection that broke in a transaction, which cannot be rolled back.
      return "Connection is closed".equals(sql.getMessage());
    }
    // Class 08, connection exception; 57P01 to 57P03, the server is going down or coming up; 53300,
    // it is full.
    return state.startsWith("08") || state.startsWith("57P0") || state.equals("53300");
  }
}
