package io.eventagents.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The advisory lock by which versions without a {@link RelayLockTable} agree on who sends. They
 * hold it exclusively, so that this version does not send beside them. This version holds it
 * shared, so that they do not send beside it, and its own instances do not exclude each other. It
 * can go once nobody updates from such a version.
 */
final class FormerRelayLock {

  // "evao": distinguishes this lock from those of others in the same database.
  private static final int LOCK_CLASS = 0x6576616f;

  private final String lock;

  /**
   * @param regclass the outbox
   */
  FormerRelayLock(String regclass) {
    this.lock = "(%d, '%s'::regclass::oid::integer)".formatted(LOCK_CLASS, regclass);
  }

  /** Keeps former versions from sending for as long as the session lives; false if one sends. */
  boolean excludes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select pg_try_advisory_lock_shared" + lock)) {
      return result.next() && result.getBoolean(1);
    }
  }

  /** Lets them send. */
  void release(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_unlock_shared" + lock);
    }
  }
}
