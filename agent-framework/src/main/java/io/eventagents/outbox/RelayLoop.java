package io.eventagents.outbox;

import io.eventagents.DependencyUnavailable;
import io.eventagents.database.DatabaseWrites;
import io.eventagents.send.RecordSender;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of the relay's thread, from its start to its stop. */
final class RelayLoop implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(RelayLoop.class);

  private static final Duration STAND_BY = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_ACKNOWLEDGEMENTS = Duration.ofSeconds(1);
  private static final Duration SUSPICIOUSLY_LONG = Duration.ofSeconds(3);

  private final Outbox outbox;
  private final OutboxTable table;
  private final DatabaseWrites writes;
  private final RecordSender sender;
  private final OutboxProperties properties;
  private final Outage database;
  private final Outage broker;
  private final InstantSource clock;
  private final UUID holder = UUID.randomUUID();
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile RelayState state = RelayState.STANDING_BY;

  // Outlives the connection: what is under way must be settled before anything else is sent.
  private @Nullable SendBatch batch;

  // Acknowledged but not known to be deleted: they must not be sent again. There are no more of
  // them than were under way at a time, since nothing else is sent before they are deleted.
  private final Set<Long> delivered = new HashSet<>();

  RelayLoop(Outbox outbox, RecordSender sender, OutboxProperties properties, InstantSource clock) {
    this.outbox = outbox;
    this.table = outbox.table();
    this.writes = outbox.writes();
    this.sender = sender;
    this.properties = properties;
    this.clock = clock;
    this.database = new Outage("the database", clock);
    this.broker = new Outage("the broker", clock);
  }

  /** Ends the loop once the records under way are acknowledged. An interrupt ends it at once. */
  void stop() {
    stop.countDown();
    outbox.committed().call();
  }

  RelayState state() {
    if (database.isOn()) {
      return RelayState.WAITING_FOR_DATABASE;
    }
    return broker.isOn() ? RelayState.WAITING_FOR_BROKER : state;
  }

  @Override
  public void run() {
    try {
      while (!isStopped()) {
        runUntilDisturbed();
      }
    } catch (InterruptedException e) {
      log.debug("Stopped with records under way; they are sent again by the next start", e);
    }
  }

  private void runUntilDisturbed() throws InterruptedException {
    try (RelayLock lead = RelayLock.candidate(outbox.dataSource(), table, holder, clock)) {
      if (hasTaken(lead)) {
        lead(lead);
      }
    } catch (RelayLockLost e) {
      log.warn("{}", e.getMessage());
    } catch (SQLException e) {
      writes.failed(e);
      database.noticed(String.valueOf(e.getMessage()));
      pause(database.nextPause());
    } catch (RuntimeException | Error e) {
      // Whatever it is, a relay that died silently would be worse.
      log.error("The outbox relay was disturbed, and starts over", e);
      pause(database.nextPause());
    } finally {
      state = RelayState.STANDING_BY;
    }
  }

  /** Waits for the lead; false if the loop is stopped. */
  private boolean hasTaken(RelayLock lead) throws SQLException, InterruptedException {
    while (!isStopped()) {
      boolean taken = lead.take();
      database.over();
      if (taken) {
        return true;
      }
      state = RelayState.STANDING_BY;
      broker.leftToAnother();
      pause(STAND_BY);
    }
    return false;
  }

  private void lead(RelayLock lead) throws SQLException, RelayLockLost, InterruptedException {
    log.info("Sending the outbox of {}", table.regclass());
    boolean begun = false;
    boolean refusedHereOnly = false;
    while (!isStopped()) {
      try {
        lead.keep();
        if (!begun) {
          begin(lead);
          begun = true;
          refusedHereOnly = false;
        }
        if (!takesWrites()) {
          pause(STAND_BY);
        } else if (!sendOnce(lead)) {
          rest(lead);
        }
      } catch (SQLException e) {
        begun = false;
        boolean taken = refused(lead, e);
        if (taken && refusedHereOnly) {
          throw e; // it leads to a former primary: another connection
        }
        refusedHereOnly = taken;
      }
    }
  }

  /** Waits for something to send, and keeps the lead meanwhile. */
  private void rest(RelayLock lead) throws SQLException, RelayLockLost, InterruptedException {
    long end = System.nanoTime() + properties.pollInterval().toNanos();
    Duration left = properties.pollInterval();
    while (!isStopped() && left.isPositive()) {
      if (outbox
          .committed()
          .await(left.compareTo(RelayLock.RENEWAL) < 0 ? left : RelayLock.RENEWAL)) {
        return;
      }
      lead.keep();
      left = Duration.ofNanos(end - System.nanoTime());
    }
  }

  /**
   * Checks, before it sends, that it can delete what it sends. Otherwise this relay or the next
   * would send it again.
   */
  private void begin(RelayLock lead) throws SQLException, RelayLockLost, InterruptedException {
    lead.check(writes);
    state = RelayState.SENDING;
    settleWhatIsUnderWay(lead);
  }

  /**
   * Waits, and keeps the lead as long as the connection lives: another relay does not know what
   * this one has delivered.
   *
   * @return whether other connections of this process can write
   */
  private boolean refused(RelayLock lead, SQLException refusal)
      throws SQLException, InterruptedException {
    writes.failed(refusal);
    lead.checkConnection(LOOK_AT_ACKNOWLEDGEMENTS);
    boolean taken = areTaken();
    database.noticed(String.valueOf(refusal.getMessage()));
    pause(database.nextPause());
    return taken;
  }

  /** False if any part of this process knows that the database takes no writes. */
  private boolean takesWrites() {
    boolean taken = areTaken();
    if (taken) {
      database.over();
    }
    return taken;
  }

  private boolean areTaken() {
    try {
      writes.check();
      return true;
    } catch (DependencyUnavailable e) {
      database.noticed(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private void settleWhatIsUnderWay(RelayLock lead)
      throws SQLException, RelayLockLost, InterruptedException {
    SendBatch underWay = batch;
    if (underWay != null) {
      underWay.sendNoMore();
      settle(lead, underWay);
      batch = null;
    }
  }

  /** Sends the first rows; false if there was nothing to do. */
  private boolean sendOnce(RelayLock lead)
      throws SQLException, RelayLockLost, InterruptedException {
    List<OutboxRow> rows =
        lead.inTransaction(
            connection ->
                table.sendable(
                    connection, properties.batchSize(), properties.batchBytes().toBytes()));
    List<OutboxRow> free = hold(lead, rows);
    if (!free.isEmpty()) {
      SendBatch next = new SendBatch(sender, free);
      batch = next;
      while (next.hasMore()) {
        lead.keep();
        next.send(lead::isSure);
        settle(lead, next);
      }
      batch = null;
    }
    return !rows.isEmpty();
  }

  /** Marks the rows that wait for a parked one, and returns the others. */
  private List<OutboxRow> hold(RelayLock lead, List<OutboxRow> rows) throws SQLException {
    List<OutboxRow> free = new ArrayList<>(rows.size());
    Map<Long, List<Long>> held = new HashMap<>();
    for (OutboxRow row : rows) {
      if (row.parkedBefore() == null) {
        free.add(row);
      } else {
        held.computeIfAbsent(row.parkedBefore(), parked -> new ArrayList<>()).add(row.id());
      }
    }
    if (!held.isEmpty()) {
      lead.inTransaction(connection -> table.hold(connection, held));
    }
    return free;
  }

  private void settle(RelayLock lead, SendBatch underWay)
      throws SQLException, RelayLockLost, InterruptedException {
    long start = System.nanoTime();
    while (!underWay.await(LOOK_AT_ACKNOWLEDGEMENTS)) {
      if (System.nanoTime() - start > SUSPICIOUSLY_LONG.toNanos()) {
        broker.noticed("no acknowledgement for " + SUSPICIOUSLY_LONG.toSeconds() + " s");
      }
      lead.keep();
    }
    SendBatch.Outcome outcome = underWay.outcome();
    delivered.addAll(outcome.acknowledged());
    if (!delivered.isEmpty()) {
      lead.inTransaction(connection -> table.delete(connection, delivered));
      delivered.clear();
    }
    for (SendBatch.Refused refused : outcome.refused()) {
      park(lead, refused);
    }
    Throwable failure = outcome.failure();
    if (failure == null) {
      broker.over();
    } else {
      broker.noticed(failure.toString());
      pause(broker.nextPause());
    }
  }

  private void park(RelayLock lead, SendBatch.Refused refused) throws SQLException {
    if (lead.inTransaction(
        connection -> table.park(connection, refused.row().id(), refused.reason()))) {
      log.error(
          "{} can never be sent and is parked; later records of its key wait for it: {}",
          refused.row().description(),
          refused.reason());
    }
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }

  private void pause(Duration duration) throws InterruptedException {
    boolean stopped = stop.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    log.trace("Paused, stopped: {}", stopped);
  }
}
