package io.eventagents.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The advisory lock by which versions without a {@link RelayLockTable} tell who sends: they hold it
 * exclusively, so that this version does not send beside one of them; this version holds it shared,
 * so that none of them sends beside it, and its own instances do not depend on it. It goes when no
 * such version is updated from any more.
 */
final class FormerRelayLock {

  // "evao": tells this lock from those of others in the same database.
  private static final int LOCK_CLASS = 0x6576616f;

  private final String lock;

  /**
   * @param regclass the outbox
   */
  FormerRelayLock(String regclass) {
    this.lock = "(%d, '%s'::regclass::oid::integer)".formatted(LOCK_CLASS, regclass);
  }

  /** Keeps former versions from sending, for as long as the session lives; false where one does. */
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
