package io.eventagents.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The SQL of the lead. Each statement is a transaction of its own and uses the database's clock.
 */
final class RelayLockTable {

  private final String insert;
  private final String take;
  private final String renew;
  private final String release;

  /**
   * @param name as SQL names it
   * @param length how long the lead lasts without a renewal
   */
  RelayLockTable(String name, Duration length) {
    String expiry = "clock_timestamp() + interval '%d milliseconds'".formatted(length.toMillis());
    insert = "insert into %s default values on conflict do nothing".formatted(name);
    take =
        """
        update %s set holder = ?, term = term + 1, expires_at = %s
        where holder = ? or expires_at <= clock_timestamp() returning term
        """
            .formatted(name, expiry);
    renew = "update %s set expires_at = %s where holder = ? and term = ?".formatted(name, expiry);
    release =
        "update %s set holder = null, expires_at = '-infinity' where holder = ? and term = ?"
            .formatted(name);
  }

  /** Makes the row if it is missing. */
  void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(insert);
    }
  }

  /** Takes the lead: the number of the term; empty if another relay has the lead. */
  OptionalLong take(Connection connection, UUID holder) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(take)) {
      statement.setObject(1, holder);
      statement.setObject(2, holder);
      try (ResultSet taken = statement.executeQuery()) {
        return taken.next() ? OptionalLong.of(taken.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** Extends the lead; false if another relay took it. */
  boolean renew(Connection connection, UUID holder, long term) throws SQLException {
    return update(connection, renew, holder, term);
  }

  /** Gives the lead back; false if another relay took it. */
  boolean release(Connection connection, UUID holder, long term) throws SQLException {
    return update(connection, release, holder, term);
  }

  private static boolean update(Connection connection, String sql, UUID holder, long term)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, holder);
      statement.setLong(2, term);
      return statement.executeUpdate() == 1;
    }
  }
}
