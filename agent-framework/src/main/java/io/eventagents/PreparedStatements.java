package io.eventagents;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.util.ClassUtils;

/**
 * Statements that the driver has prepared on the server and that no longer fit. A table got a
 * column, for example by a migration of a newer version that runs beside this one, or a pooler has
 * exchanged the session. The driver prepares them anew for the next transaction; outside a
 * transaction it does so at once, and nobody notices.
 */
final class PreparedStatements {

  /** An application without a PostgreSQL driver has failures of other databases, if any. */
  private static final boolean HAS_DRIVER =
      ClassUtils.isPresent(
          "org.postgresql.util.PSQLException", PreparedStatements.class.getClassLoader());

  /**
   * The routine in which the server finds that a plan's result would differ; its name is the same
   * in every language.
   */
  private static final String REVALIDATION = "RevalidateCachedQuery";

  private PreparedStatements() {}

  /** Whether the failure was one of a stale statement. */
  static boolean areStale(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      return false;
    }
    return switch (state) {
      // The session has no statement of this name, or another one.
      case "26000", "42P05" -> true;
      // Anything unsupported, including "cached plan must not change result type".
      case "0A000" -> HAS_DRIVER && Server.saysSo(failure);
      default -> false;
    };
  }

  /** Not loaded without the driver. */
  private static final class Server {

    /** A batch's exception has the server's message as its cause. */
    static boolean saysSo(SQLException failure) {
      Throwable said = failure instanceof PSQLException ? failure : failure.getCause();
      if (!(said instanceof PSQLException exception)) {
        return false;
      }
      ServerErrorMessage message = exception.getServerErrorMessage();
      return message != null && REVALIDATION.equals(message.getRoutine());
    }
  }
}
