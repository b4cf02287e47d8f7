package io.eventagents;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Gives a session back as it was: Flyway sets its {@code search_path} for each migration and
 * restores it when it closes the connection, in a transaction of its own. Behind a pooler that
 * lends sessions by the transaction, that one restores another session, and the first lays the
 * unqualified tables of whoever gets it next into this schema. So it is reset in the transaction
 * that set it.
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
