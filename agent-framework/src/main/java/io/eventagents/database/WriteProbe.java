package io.eventagents.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Writes as the framework does and leaves nothing behind: a row of the inbox and one of the outbox
 * come and go within a committed transaction. Nobody else sees them.
 *
 * <p>Less would not do: a read-only server answers queries, and a full one takes rows that fit into
 * existing pages.
 */
final class WriteProbe {

  private static final int SECONDS = 10;
  private static final String AGENT = "event-agents write probe";

  /** More than a page: it needs new ones, unless others were freed. */
  private static final int BYTES = 64 * 1024;

  private final String intoInbox;
  private final String intoOutbox;
  private final String outOfInbox;
  private final String outOfOutbox;

  WriteProbe(String schema) {
    String name = '"' + schema + '"';
    this.intoInbox = "insert into %s.inbox (agent, event_id) values (?, ?)".formatted(name);
    this.intoOutbox =
        "insert into %s.outbox (topic, headers, value) values (?, '', ?) returning id"
            .formatted(name);
    this.outOfInbox = "delete from %s.inbox where agent = ? and event_id = ?".formatted(name);
    this.outOfOutbox = "delete from %s.outbox where id = ?".formatted(name);
  }

  /**
   * Returns if the database takes it.
   *
   * @throws SQLException why it does not
   */
  void write(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      writeInTransaction(connection, UUID.randomUUID().toString());
      connection.commit();
    } catch (SQLException e) {
      rollBack(connection, e);
      throw e;
    }
    connection.setAutoCommit(autoCommit);
  }

  private void writeInTransaction(Connection connection, String eventId) throws SQLException {
    update(connection, intoInbox, AGENT, eventId);
    long row;
    try (PreparedStatement statement = statement(connection, intoOutbox, AGENT, new byte[BYTES]);
        ResultSet inserted = statement.executeQuery()) {
      inserted.next();
      row = inserted.getLong(1);
    }
    update(connection, outOfOutbox, row);
    update(connection, outOfInbox, AGENT, eventId);
  }

  private static void update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = statement(connection, sql, parameters)) {
      statement.executeUpdate();
    }
  }

  private static PreparedStatement statement(
      Connection connection, String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(SECONDS);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static void rollBack(Connection connection, SQLException because) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }
}
