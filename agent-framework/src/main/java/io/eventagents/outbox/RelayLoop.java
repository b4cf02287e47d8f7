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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the relay's thread does from its start to its stop. */
final class RelayLoop implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(RelayLoop.class);

  private static final Duration STAND_BY = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_ACKNOWLEDGEMENTS = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_DATABASE = Duration.ofSeconds(5);
  private static final Duration SUSPICIOUSLY_LONG = Duration.ofSeconds(3);

  private final Outbox outbox;
  private final OutboxTable table;
  private final DatabaseWrites writes;
  private final RecordSender sender;
  private final OutboxProperties properties;
  private final Outage database;
  private final Outage broker;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile RelayState state = RelayState.STANDING_BY;

  // Outlives the connection: what is under way must be settled before anything else is sent.
  private @Nullable Shipment shipment;

  // Acknowledged, and not known to be deleted: they must not be sent once more. No more than were
  // under way at once, since nothing else is sent before they are gone.
  private final Set<Long> delivered = new HashSet<>();

  private long lookedAt = System.nanoTime();

  RelayLoop(Outbox outbox, RecordSender sender, OutboxProperties properties, InstantSource clock) {
    this.outbox = outbox;
    this.table = outbox.table();
    this.writes = outbox.writes();
    this.sender = sender;
    this.properties = properties;
    this.database = new Outage("the database", clock);
    this.broker = new Outage("the broker", clock);
  }

  /** Ends the loop when the records under way are acknowledged; interrupt to end it at once. */
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
    try (Lead lead = Lead.candidate(outbox.dataSource(), table.regclass())) {
      while (!isStopped() && !lead.take()) {
        state = RelayState.STANDING_BY;
        var unused = takesWrites(lead);
        pause(STAND_BY);
      }
      if (!isStopped()) {
        lead(lead);
      }
    } catch (SQLException e) {
      writes.failed(e);
      database.noticed(String.valueOf(e.getMessage()));
      pause(database.nextPause());
    } catch (RuntimeException | Error e) {
      // Whatever it is, a relay that has died silently would be worse.
      log.error("The outbox relay was disturbed, and starts over", e);
      pause(database.nextPause());
    } finally {
      state = RelayState.STANDING_BY;
    }
  }

  private void lead(Lead lead) throws SQLException, InterruptedException {
    log.info("Sending the outbox of {}", table.regclass());
    boolean begun = false;
    boolean refusedHereOnly = false;
    while (!isStopped()) {
      try {
        if (!begun) {
          begin(lead);
          begun = true;
          refusedHereOnly = false;
        }
        if (!takesWrites(lead)) {
          lead.check(LOOK_AT_ACKNOWLEDGEMENTS);
          pause(STAND_BY);
        } else if (!sendOnce(lead)) {
          outbox.committed().await(properties.pollInterval());
        }
      } catch (SQLException e) {
        begun = false;
        boolean taken = keep(lead, e);
        if (taken && refusedHereOnly) {
          throw e; // it leads to a former primary: another connection
        }
        refusedHereOnly = taken;
      }
    }
  }

  /**
   * Whoever begins to send knows that it can delete what it has sent: otherwise it would be sent
   * again, by this relay or the next.
   */
  private void begin(Lead lead) throws SQLException, InterruptedException {
    writes.checkOver(lead.connection());
    state = RelayState.SENDING;
    settleWhatIsUnderWay(lead);
  }

  /**
   * Keeps the lead as long as its connection lives: another relay does not know what this one has
   * delivered.
   *
   * @return whether others of this process can write
   */
  private boolean keep(Lead lead, SQLException refused) throws SQLException, InterruptedException {
    writes.failed(refused);
    lead.check(LOOK_AT_ACKNOWLEDGEMENTS);
    boolean taken = areTaken();
    database.noticed(String.valueOf(refused.getMessage()));
    pause(database.nextPause());
    return taken;
  }

  /** False where it is known that the database takes none, by whomever in this process. */
  private boolean takesWrites(Lead lead) throws SQLException {
    if (System.nanoTime() - lookedAt > LOOK_AT_DATABASE.toNanos()) {
      writes.look(lead.connection());
      lookedAt = System.nanoTime();
    }
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

  private void settleWhatIsUnderWay(Lead lead) throws SQLException, InterruptedException {
    Shipment underWay = shipment;
    if (underWay != null) {
      underWay.sendNoMore();
      settle(lead, underWay);
      shipment = null;
    }
  }

  /** Sends the first rows; false where there was nothing to do. */
  private boolean sendOnce(Lead lead) throws SQLException, InterruptedException {
    List<OutboxRow> rows =
        table.sendable(
            lead.connection(), properties.batchSize(), properties.batchBytes().toBytes());
    List<OutboxRow> free = hold(lead, rows);
    if (!free.isEmpty()) {
      Shipment next = new Shipment(sender, free);
      shipment = next;
      while (next.hasMore()) {
        next.send();
        settle(lead, next);
      }
      shipment = null;
    }
    return !rows.isEmpty();
  }

  /** Sets aside the rows whose key is parked, and returns the others. */
  private List<OutboxRow> hold(Lead lead, List<OutboxRow> rows) throws SQLException {
    List<OutboxRow> free = new ArrayList<>(rows.size());
    Map<Long, List<Long>> held = new HashMap<>();
    for (OutboxRow row : rows) {
      if (row.parkedBefore().isPresent()) {
        held.computeIfAbsent(row.parkedBefore().getAsLong(), parked -> new ArrayList<>())
            .add(row.id());
      } else {
        free.add(row);
      }
    }
    if (!held.isEmpty()) {
      table.hold(lead.connection(), held);
    }
    return free;
  }

  private void settle(Lead lead, Shipment underWay) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    while (!underWay.await(LOOK_AT_ACKNOWLEDGEMENTS)) {
      if (System.nanoTime() - start > SUSPICIOUSLY_LONG.toNanos()) {
        broker.noticed("no acknowledgement for " + SUSPICIOUSLY_LONG.toSeconds() + " s");
      }
      lead.check(LOOK_AT_ACKNOWLEDGEMENTS);
    }
    Shipment.Outcome outcome = underWay.outcome();
    delivered.addAll(outcome.acknowledged());
    if (!delivered.isEmpty()) {
      table.delete(lead.connection(), delivered);
      delivered.clear();
    }
    for (Shipment.Refused refused : outcome.refused()) {
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

  private void park(Lead lead, Shipment.Refused refused) throws SQLException {
    if (table.park(lead.connection(), refused.row().id(), refused.reason())) {
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
