package io.eventagents;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.util.ClassUtils;

/**
 * Statements that the driver has prepared on the server, and that no longer fit what is there: the
 * table got a column, as by a migration of a newer version that runs beside this one, or the
 * session is another one behind a pooler. The driver prepares them anew for the next transaction;
 * outside of one it does so at once, and nobody hears of it.
 */
final class PreparedStatements {

  /** An application without a PostgreSQL driver has failures of other databases, if any. */
  private static final boolean HAS_DRIVER =
      ClassUtils.isPresent(
          "org.postgresql.util.PSQLException", PreparedStatements.class.getClassLoader());

  /** Where the server finds that a plan's result would differ, in each of its languages. */
  private static final String REVALIDATION = "RevalidateCachedQuery";

  private PreparedStatements() {}

  /** Whether what failed was one of them. */
  static boolean areStale(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      return false;
    }
    return switch (state) {
      // The session has no statement of this name, or another one.
      case "26000", "42P05" -> true;
      // Whatever is not supported, among it "cached plan must not change result type".
      case "0A000" -> HAS_DRIVER && Server.saysSo(failure);
      default -> false;
    };
  }

  /** Not loaded without the driver. */
  private static final class Server {

    /** A batch has what the server said as its cause. */
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
