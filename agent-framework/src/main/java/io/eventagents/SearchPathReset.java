package io.eventagents;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Gives a session back as it was. Flyway sets the {@code search_path} for each migration and
 * restores it in a transaction of its own when it closes the connection. A pooler that lends
 * sessions by the transaction may lend another session for that; then the first keeps the path, and
 * the unqualified tables of its next user end up in this schema. So the path is reset in the
 * transaction that set it.
 */
final class SearchPathReset extends BaseCallback {

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute("reset search_path");
    } catch (SQLException e) {
      throw new FlywayException("The session's search_path could not be reset", e);
    }
  }
}
