package io.eventagents.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to send the outbox of a schema: a connection whose session holds an advisory lock. Who
 * loses the connection loses the lead, and cannot touch the table any more. The server finds a host
 * that died within 10 s.
 */
final class Lead implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Lead.class);

  /** What the session is called in {@code pg_stat_activity}. */
  static final String APPLICATION_NAME = "event-agents outbox relay";

  // "evao": tells this lock from those of others in the same database.
  private static final int LOCK_CLASS = 0x6576616f;
  private static final int ANSWER_WITHIN_MS = 30_000;

  private final Connection connection;
  private final String lock;

  private Lead(Connection connection, String regclass) {
    this.connection = connection;
    this.lock = "(%d, '%s'::regclass::oid::integer)".formatted(LOCK_CLASS, regclass);
  }

  /**
   * Opens the connection; the lead is not taken yet.
   *
   * @throws SQLException where the database cannot be reached
   */
  static Lead candidate(DataSource dataSource, String regclass) throws SQLException {
    Lead lead = new Lead(DedicatedConnection.open(dataSource), regclass);
    try {
      lead.prepare();
      return lead;
    } catch (SQLException e) {
      lead.close();
      throw e;
    }
  }

  private void prepare() throws SQLException {
    connection.setAutoCommit(true);
    // A server that vanished must not keep this thread for ever.
    connection.setNetworkTimeout(Runnable::run, ANSWER_WITHIN_MS);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET application_name = '"
              + APPLICATION_NAME
              + "';"
              // The server gives up a host that does not answer for 3 + 3 x 2 s.
              + "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 2;"
              + "SET tcp_keepalives_count = 3; SET tcp_user_timeout = 9000;"
              // Few rows by their index, whatever the statistics say of a table that changes so
              // fast.
              + "SET enable_seqscan = off; SET enable_bitmapscan = off;"
              // Nor by a plan that was made when it was empty.
              + "SET plan_cache_mode = force_custom_plan");
    }
  }

  /** Takes the lead; false where another relay has it. */
  boolean take() throws SQLException {
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery("SELECT pg_try_advisory_lock" + lock)) {
      return result.next() && result.getBoolean(1);
    }
  }

  /** The connection that holds the lead: what is done over another one is not safe. */
  Connection connection() {
    return connection;
  }

  /**
   * @throws SQLException where the connection, and so the lead, is lost
   */
  void check(Duration answerWithin) throws SQLException {
    if (!connection.isValid((int) Math.max(1, answerWithin.toSeconds()))) {
      throw new SQLException("The connection of the outbox relay is lost");
    }
  }

  /** Gives up the lead, and ends the session. */
  @Override
  public void close() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock_all()");
    } catch (SQLException e) {
      log.debug("The lead ended with its connection", e);
    }
    try (connection) {
      // Where it came from a pool it must not go back there, with the settings of this session.
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      log.debug("The connection was lost before", e);
    }
  }
}
