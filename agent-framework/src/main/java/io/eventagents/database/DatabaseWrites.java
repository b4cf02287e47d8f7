package io.eventagents.database;

import io.eventagents.DatabaseFailure;
import io.eventagents.DependencyUnavailable;
import io.eventagents.background.Backoff;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the application's database takes what is written to it, as far as this process knows.
 *
 * <p>Some things leave the process and are noted in the database afterwards: a call, a record. They
 * must not leave while they cannot be noted, because they would be repeated. So a caller that meets
 * a failure of the database reports it here, and from then on nothing leaves until a write of the
 * framework itself has succeeded.
 *
 * <pre>{@code
 * writes.check();                 // before something leaves: free while nothing is in doubt
 * try {
 *   note(send());
 * } catch (RuntimeException e) {
 *   writes.failed(e);
 *   throw e;
 * }
 * }</pre>
 *
 * <p>Those who wait for the database ask it at once and then at growing intervals. The log tells
 * when it begins to refuse and when that is over. Thread-safe.
 */
public final class DatabaseWrites {

  private static final Logger log = LoggerFactory.getLogger(DatabaseWrites.class);

  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

  private final DataSource dataSource;
  private final WriteProbe probe;
  private final InstantSource clock;
  private final AtomicLong doubts = new AtomicLong();
  private final Lock asking = new ReentrantLock();

  /** The last doubt that a write has settled. */
  private volatile long settled;

  private volatile @Nullable DatabaseRefusal refusal;

  // Guarded by the lock.
  private Duration pause = PAUSES.first();
  private long askedAt;

  /**
   * @param dataSource the application's database
   * @param schema the schema with the framework's tables
   * @param clock tells since when the database refuses
   */
  public DatabaseWrites(DataSource dataSource, String schema, InstantSource clock) {
    this.dataSource = dataSource;
    this.probe = new WriteProbe(schema);
    this.clock = clock;
  }

  /** Reports a failure. If it was an outage of the database, writes are in doubt. */
  public void failed(Throwable failure) {
    if (DatabaseFailure.isOutage(failure)) {
      doubts.incrementAndGet();
    }
  }

  /** Whether nothing may leave until the database has been asked. */
  public boolean areInDoubt() {
    return doubts.get() != settled;
  }

  /**
   * Returns if the database takes writes: at once and for free while nothing is in doubt. Otherwise
   * the database is asked, unless it was asked a moment ago.
   *
   * @throws DependencyUnavailable if it does not
   */
  public void check() {
    if (!areInDoubt()) {
      return;
    }
    asking.lock();
    try {
      if (areInDoubt()) {
        ask();
      }
    } finally {
      asking.unlock();
    }
  }

  /**
   * Whether the database itself may be the cause of a failure that somebody else is about to be
   * blamed for: whatever it said, it takes no other write either.
   *
   * @return why it takes none; empty if it does
   */
  public Optional<DatabaseRefusal> refuses(Throwable failure) {
    if (DatabaseFailure.of(failure).isEmpty()) {
      return Optional.empty();
    }
    doubts.incrementAndGet();
    try {
      check();
      return Optional.empty();
    } catch (DependencyUnavailable e) {
      return refusal();
    }
  }

  /**
   * Asks over the caller's connection, which may lead to another server.
   *
   * @throws SQLException if it does not take what is written to it
   */
  public void checkOver(Connection connection) throws SQLException {
    probe.write(connection);
  }

  /** Why nothing leaves; empty while the database takes what is written to it. */
  public Optional<DatabaseRefusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  private void ask() {
    DatabaseRefusal known = refusal;
    if (known != null && System.nanoTime() - askedAt < pause.toNanos()) {
      throw unavailable(known, null);
    }
    long asked = doubts.get();
    try (Connection connection = dataSource.getConnection()) {
      probe.write(connection);
    } catch (SQLException e) {
      throw unavailable(refused(e), e);
    }
    settled = asked;
    refusal = null;
    pause = PAUSES.first();
    if (known != null) {
      log.info(
          "The database takes what is written to it again, after {} s",
          Duration.between(known.since(), clock.instant()).toMillis() / 1000.0);
    }
  }

  private DatabaseRefusal refused(SQLException e) {
    DatabaseFailure failure = DatabaseFailure.of(e).orElseThrow();
    DatabaseRefusal known = refusal;
    DatabaseRefusal now =
        new DatabaseRefusal(failure, known == null ? clock.instant() : known.since());
    refusal = now;
    if (known == null) {
      log.warn(
          "The database takes nothing that is written to it: {}. Agents with effects pause and nothing is sent until"
              + " it does: {}",
          failure.summary(),
          failure.message());
    } else {
      pause = PAUSES.next(pause);
      log.debug("Still refused: {}", failure.message());
    }
    askedAt = System.nanoTime();
    PooledConnections.renew(dataSource, failure);
    return now;
  }

  private static DependencyUnavailable unavailable(
      DatabaseRefusal refusal, @Nullable SQLException cause) {
    return new DependencyUnavailable(refusal.dependency(), cause);
  }
}
