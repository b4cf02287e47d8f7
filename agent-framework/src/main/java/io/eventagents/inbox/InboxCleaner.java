package io.eventagents.inbox;

import io.eventagents.DatabaseFailure;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets handled events that are older than the retention: on a timer, a few thousand per
 * transaction, so that no lock is held for long. Of several instances one cleans at a time; the
 * others leave it to that one. By the clock of the database.
 */
public final class InboxCleaner implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(InboxCleaner.class);

  // "evai": tells this lock from those of others in the same database.
  private static final int LOCK_CLASS = 0x65766169;
  private static final int BATCH = 5_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final InboxProperties properties;
  private final String lock;
  private final String delete;
  private @Nullable ScheduledExecutorService timer;
  private volatile boolean stopping;

  /** Touched by the timer alone. */
  private boolean failing;

  /**
   * @param dataSource the application's database, where the tables exist
   * @param schema the schema that they are in
   * @param properties what to keep, and how often to clean
   */
  public InboxCleaner(DataSource dataSource, String schema, InboxProperties properties) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.properties = properties;
    this.lock =
        "select pg_try_advisory_xact_lock(%d, '\"%s\".inbox'::regclass::oid::integer)"
            .formatted(LOCK_CLASS, schema);
    this.delete =
        """
        delete from "%1$s".inbox where ctid = any (array(
          select ctid from "%1$s".inbox where handled_at < now() - make_interval(secs => ?)
          order by handled_at limit %2$d for update skip locked))
        """
            .formatted(schema, BATCH);
  }

  /**
   * Removes all that are older than the retention, unless another instance is at it.
   *
   * @return how many were removed
   */
  public long clean() {
    long removed = 0;
    int batch;
    do {
      batch = batch();
      removed += batch;
    } while (batch == BATCH && !stopping);
    return removed;
  }

  private int batch() {
    Integer removed = transactions.execute(status -> mayClean() ? delete() : 0);
    return removed == null ? 0 : removed;
  }

  private boolean mayClean() {
    return jdbc.sql(lock).query(Boolean.class).single();
  }

  private int delete() {
    return jdbc.sql(delete).param(seconds(properties.retention())).update();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private void cleanQuietly() {
    try {
      long removed = clean();
      failing = false;
      if (removed > 0) {
        log.info("Forgot {} events handled more than {} ago", removed, properties.retention());
      }
    } catch (RuntimeException | Error e) {
      // Thrown on, it would end the schedule, and the table would grow for ever.
      tell(e);
    }
  }

  /** Once per outage; of what is none, each time. */
  private void tell(Throwable failure) {
    if (!DatabaseFailure.comesBack(failure)) {
      log.error("Could not clean the inbox, again in {}", properties.cleaningInterval(), failure);
    } else if (failing) {
      log.debug("Still cannot clean the inbox", failure);
    } else {
      failing = true;
      log.warn(
          "Could not clean the inbox, again every {}: {}",
          properties.cleaningInterval(),
          String.valueOf(failure.getMessage()));
    }
  }

  @Override
  public synchronized void start() {
    if (timer == null) {
      stopping = false;
      timer =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("event-agents-inbox-cleaner").factory());
      long interval = properties.cleaningInterval().toMillis();
      var unused =
          timer.scheduleWithFixedDelay(
              this::cleanQuietly, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stop() {
    stopping = true;
    if (timer != null) {
      timer.shutdown();
      try {
        timer.awaitTermination(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      timer = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return timer != null;
  }

  /** Before the agents start, and after they have stopped. */
  @Override
  public int getPhase() {
    return 0;
  }
}
