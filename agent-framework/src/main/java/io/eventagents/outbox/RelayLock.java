package io.eventagents.outbox;

import io.eventagents.database.DatabaseWrites;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to send the outbox of a schema: a row that belongs to this relay until it expires, and
 * that the relay renews while it is alive. No session owns it, so it outlives a broken connection,
 * expires with a host that is gone or frozen, and works behind a connection pooler.
 *
 * <p>The holder counts from before it asked, so by its own clocks the lead ends no later than by
 * the database's. Not thread-safe.
 */
final class RelayLock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RelayLock.class);

  /** How long the lead lasts without a renewal; others take it over within 10 s. */
  static final Duration LENGTH = Duration.ofSeconds(9);

  /** How old a renewal may be before the next. */
  static final Duration RENEWAL = Duration.ofSeconds(2);

  /** How long the holder relies on a renewal: clocks may run at different speeds. */
  private static final Duration RELIABLE = LENGTH.minusSeconds(1);

  /** The session's name in {@code pg_stat_activity}. */
  private static final String APPLICATION_NAME = "event-agents outbox relay";

  private static final int ANSWER_WITHIN_MS = 30_000;

  /** For each transaction, since the next one may run in another session. */
  private static final String TRANSACTION =
      // Few rows by their index, whatever the statistics say about a table that changes this fast.
      "set local enable_seqscan = off; set local enable_bitmapscan = off;"
          // And by no plan that was made when it was empty.
          + "set local plan_cache_mode = force_custom_plan;"
          // A relay that takes over must not wait for the rows of a frozen one.
          + "set local idle_in_transaction_session_timeout = %d".formatted(LENGTH.toMillis());

  private final Connection connection;
  private final RelayLockTable table;
  private final FormerRelayLock former;
  private final UUID holder;
  private final InstantSource clock;
  private final String outbox;
  private long term;
  private long renewedNanos;
  private Instant renewed = Instant.MIN;
  private boolean isHeld;
  private boolean isTold;

  private RelayLock(Connection connection, OutboxTable outbox, UUID holder, InstantSource clock) {
    this.connection = connection;
    this.table = new RelayLockTable(outbox.lead(), LENGTH);
    this.former = new FormerRelayLock(outbox.regclass());
    this.outbox = outbox.regclass();
    this.holder = holder;
    this.clock = clock;
  }

  /**
   * Opens the connection; the lead is not taken yet.
   *
   * @param holder the relay, the same over all its connections
   * @throws SQLException if the database cannot be reached, or takes no changes
   */
  static RelayLock candidate(
      DataSource dataSource, OutboxTable outbox, UUID holder, InstantSource clock)
      throws SQLException {
    RelayLock lead =
        new RelayLock(
            DedicatedConnection.open(dataSource, APPLICATION_NAME), outbox, holder, clock);
    try {
      lead.connection.setAutoCommit(true);
      // A server that vanished must not hold this thread for ever.
      lead.connection.setNetworkTimeout(Runnable::run, ANSWER_WITHIN_MS);
      lead.table.prepare(lead.connection);
      return lead;
    } catch (SQLException e) {
      lead.close();
      throw e;
    }
  }

  /** Takes the lead; false if another relay has it. */
  boolean take() throws SQLException {
    long nanos = System.nanoTime();
    Instant now = clock.instant();
    OptionalLong taken = table.take(connection, holder);
    if (taken.isEmpty()) {
      return false;
    }
    term = taken.getAsLong();
    isHeld = true;
    renewed(nanos, now);
    if (former.excludes(connection)) {
      return true;
    }
    tellOfFormerVersion();
    release();
    return false;
  }

  private void tellOfFormerVersion() {
    if (!isTold) {
      isTold = true;
      log.info(
          "An instance of a former version sends the outbox of {}; this one goes on when that has"
              + " ended. If none runs, its lock is left at a connection pooler: close the pooler's"
              + " connections to the server (PgBouncer: RECONNECT)",
          outbox);
    }
  }

  /**
   * Renews the lead if the last renewal is not recent.
   *
   * @throws RelayLockLost if another relay has it
   * @throws SQLException if the database does not answer, or takes no changes
   */
  void keep() throws SQLException, RelayLockLost {
    if (age().compareTo(RENEWAL) < 0) {
      return;
    }
    long nanos = System.nanoTime();
    Instant now = clock.instant();
    Duration silent = age();
    if (!table.renew(connection, holder, term)) {
      isHeld = false;
      throw new RelayLockLost(
          "Another instance sends the outbox of %s: this one was not heard of for %d s"
              .formatted(outbox, silent.toSeconds()));
    }
    renewed(nanos, now);
  }

  /** Whether no other relay can have taken the lead yet. Asks nobody. */
  boolean isSure() {
    return isHeld && age().compareTo(RELIABLE) < 0;
  }

  private void renewed(long nanos, Instant now) {
    renewedNanos = nanos;
    renewed = now;
  }

  /**
   * By the clock that is ahead: one stands still while the machine sleeps, the other can be set.
   */
  private Duration age() {
    Duration steady = Duration.ofNanos(System.nanoTime() - renewedNanos);
    Duration ofTheDay = Duration.between(renewed, clock.instant());
    return steady.compareTo(ofTheDay) > 0 ? steady : ofTheDay;
  }

  /**
   * Writes over this connection, which may lead to another server than other connections do.
   *
   * @throws SQLException if the server does not take it
   */
  void check(DatabaseWrites writes) throws SQLException {
    writes.checkOver(connection);
  }

  /**
   * Checks that the connection lives, whatever the server refuses.
   *
   * @throws SQLException if it is lost
   */
  void checkConnection(Duration answerWithin) throws SQLException {
    if (!connection.isValid((int) Math.max(1, answerWithin.toSeconds()))) {
      throw new SQLException("The connection of the outbox relay is lost");
    }
  }

  /** Does work on the outbox in one short transaction. */
  <T> T inTransaction(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute(TRANSACTION);
      }
      T result = work.on(connection);
      connection.commit();
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(Throwable because) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private void release() throws SQLException {
    if (isHeld) {
      isHeld = false;
      if (!table.release(connection, holder, term)) {
        log.debug("The lead of {} was taken over before", outbox);
      }
    }
  }

  /** Gives up the lead, and ends the session. */
  @Override
  public void close() {
    try {
      if (isHeld) {
        release();
        former.release(connection);
      }
    } catch (SQLException e) {
      log.debug("The lead was not given back, and expires", e);
    }
    try (connection) {
      // If it came from a pool, it must not return there with the settings of this session.
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      log.debug("The connection was lost before", e);
    }
  }

  /** Work on the outbox. */
  @FunctionalInterface
  interface Work<T> {

    /** Does it. */
    T on(Connection connection) throws SQLException;
  }
}
