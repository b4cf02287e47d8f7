package io.eventagents.inbox;

import io.eventagents.DatabaseFailure;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.FailureOnce;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets handled events that are older than the retention, by the clock of the database. It runs
 * on a timer and deletes a few thousand per transaction, so that no lock is held for long. One
 * instance cleans at a time; the others leave it to that one.
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
  private final FailureOnce failing = new FailureOnce(() -> log.info("The inbox is cleaned again"));
  private final BackgroundLoop loop;
  private volatile boolean stopping;

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
          select ctid from "%1$s".inbox where handled_at < now() - make_interval(secs => :seconds)
          order by handled_at limit %2$d for update skip locked))
        """
            .formatted(schema, BATCH);
    this.loop =
        BackgroundLoop.named("event-agents-inbox-cleaner")
            .firstAfter(properties.cleaningInterval())
            .stopWithin(Duration.ofSeconds(5))
            .onFailure(this::tell)
            .repeating(this::round);
  }

  /**
   * Removes all that are older than the retention, unless another instance is doing so.
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
    double seconds = properties.retention().toMillis() / 1000.0;
    Integer removed =
        transactions.execute(
            status ->
                jdbc.sql(lock).query(Boolean.class).single()
                    ? jdbc.sql(delete).param("seconds", seconds).update()
                    : 0);
    return removed == null ? 0 : removed;
  }

  private Duration round() {
    long removed = clean();
    failing.ends();
    if (removed > 0) {
      log.info("Forgot {} events handled more than {} ago", removed, properties.retention());
    }
    return properties.cleaningInterval();
  }

  /** Logs an outage once, and any other failure each time. */
  private Duration tell(Throwable failure) {
    if (!DatabaseFailure.comesBack(failure)) {
      log.error("Could not clean the inbox, again in {}", properties.cleaningInterval(), failure);
    } else if (failing.begins()) {
      log.warn(
          "Could not clean the inbox, again every {}: {}",
          properties.cleaningInterval(),
          String.valueOf(failure.getMessage()));
    } else {
      log.debug("Still cannot clean the inbox", failure);
    }
    return properties.cleaningInterval();
  }

  @Override
  public void start() {
    stopping = false;
    loop.start();
  }

  @Override
  public void stop() {
    stopping = true;
    loop.stop();
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  /** Before the agents start, and after they have stopped. */
  @Override
  public int getPhase() {
    return 0;
  }
}
