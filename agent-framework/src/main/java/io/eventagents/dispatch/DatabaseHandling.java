package io.eventagents.dispatch;

import io.eventagents.retry.KeyedWork;
import io.eventagents.retry.KeyedWork.Next;
import io.eventagents.retry.KeyedWork.Step;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles events of agents that write to the database. Inbox, function and outbox share one
 * transaction, so the effects happen once. Many events share a transaction, one after the other; if
 * one of them fails, each gets its own.
 */
final class DatabaseHandling implements Handling {

  private static final Logger log = LoggerFactory.getLogger(DatabaseHandling.class);

  private static final byte[] NO_KEY = {};

  private final AgentWork work;
  private final DatabaseHandlings database;
  private final @Nullable StrictOrder strictOrder;
  private final TransactionSize transactionSize = new TransactionSize();

  DatabaseHandling(AgentWork work, DatabaseHandlings database, @Nullable StrictOrder strictOrder) {
    this.work = work;
    this.database = database;
    this.strictOrder = strictOrder;
  }

  @Override
  public void handle(EventBatch batch) {
    if (!database.takesWrites(batch)) {
      return;
    }
    List<Delivery> readable = work.call().readable(batch);
    Step<Delivery> step = (delivery, attempt) -> attempt(batch, delivery, attempt);
    boolean together = true;
    if (strictOrder != null) {
      StrictOrder.Pass pass = strictOrder.over(batch);
      step = pass.around(step);
      // A malformed event holds its key: later events must not be handled with earlier ones.
      together = !pass.concernsAny() && readable.size() == batch.deliveries().size();
    }
    if (together) {
      handleTogether(batch, readable);
    }
    if (batch.interruption() == null) {
      // One worker: side by side, transactions of one agent would wait for each other's rows.
      new KeyedWork<>(batch.byKey(), step, batch::takesMore, batch::isStopping)
          .run(1, work.workers());
    }
  }

  /** If a transaction fails, its events and all later events of their keys are left. */
  private void handleTogether(EventBatch batch, List<Delivery> readable) {
    Set<ByteBuffer> leftKeys = new HashSet<>();
    for (int from = 0; from < readable.size() && batch.takesMore(); ) {
      int to = Math.min(from + transactionSize.get(), readable.size());
      List<Delivery> group =
          readable.subList(from, to).stream()
              .filter(delivery -> !leftKeys.contains(keyOf(delivery)))
              .toList();
      from = to;
      long start = System.nanoTime();
      try {
        handleInOneTransaction(group);
        transactionSize.took(group.size(), System.nanoTime() - start);
      } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
        // Events that lost to another transaction are tried again one by one, and soon.
        if (!(Failure.of(e) instanceof Failure.Conflict) && batch.isInterruptedBy(e)) {
          return;
        }
        log.debug("{} events are handled one by one", group.size(), e);
        group.forEach(delivery -> leftKeys.add(keyOf(delivery)));
      }
    }
  }

  /** Events without a key have no order; here they count as one key. */
  private static ByteBuffer keyOf(Delivery delivery) {
    byte[] key = delivery.record().key();
    return ByteBuffer.wrap(key == null ? NO_KEY : key);
  }

  private void handleInOneTransaction(List<Delivery> deliveries) {
    DatabaseHandlings.Recorded recorded;
    try {
      recorded =
          Objects.requireNonNull(
              database.transactions().execute(transaction -> handle(deliveries)));
    } catch (RuntimeException | Error e) {
      database.writes().failed(e);
      throw e;
    }
    deliveries.forEach(Delivery::finish);
    work.status().counts().handled.add(recorded.handled());
    work.status().counts().emitted.add(recorded.emitted());
    work.status().counts().repeated.add(deliveries.size() - recorded.handled());
  }

  private DatabaseHandlings.Recorded handle(List<Delivery> deliveries) {
    // The same id may come twice within a batch: its first delivery counts.
    Map<String, Delivery> byId = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      byId.putIfAbsent(delivery.eventRead().eventId(), delivery);
    }
    return database.record(
        work.status().agent().name(),
        byId,
        delivery -> work.call().call(delivery, delivery.eventRead()));
  }

  private Next attempt(EventBatch batch, Delivery delivery, int attempt) {
    try {
      work.call().read(delivery);
      handleInOneTransaction(List.of(delivery));
      return Next.DONE;
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return work.failedAttempts().after(batch, delivery, attempt, e);
    }
  }
}
