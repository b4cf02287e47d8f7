package io.eventagents.dispatch;

import io.eventagents.Event;
import io.eventagents.observation.AgentStatus;
import io.eventagents.retry.KeyedWork;
import io.eventagents.retry.KeyedWork.Next;
import io.eventagents.wire.MalformedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agents that write to the database: inbox, function and outbox in one transaction, so their
 * effects happen once. One transaction per batch, events one after the other; where one of them
 * fails, one per event.
 */
final class DatabaseHandling implements Handling {

  private static final Logger log = LoggerFactory.getLogger(DatabaseHandling.class);

  private final AgentCall call;
  private final DatabaseHandlings database;
  private final FailedAttempts failedAttempts;
  private final AgentStatus status;
  private final Executor workers;

  DatabaseHandling(
      AgentCall call,
      DatabaseHandlings database,
      FailedAttempts failedAttempts,
      AgentStatus status,
      Executor workers) {
    this.call = call;
    this.database = database;
    this.failedAttempts = failedAttempts;
    this.status = status;
    this.workers = workers;
  }

  @Override
  public void handle(EventBatch batch) {
    List<Delivery> readable = readable(batch);
    if (readable.isEmpty() || batch.interruption() != null) {
      return;
    }
    try {
      handleInOneTransaction(readable);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      if (Failure.of(e) instanceof Failure.Unavailable unavailable) {
        batch.interrupt(unavailable.dependency(), unavailable.retryAfter());
        return;
      }
      log.debug("A batch of {} events is handled one by one", readable.size(), e);
      handleOneByOne(batch);
    }
  }

  private List<Delivery> readable(EventBatch batch) {
    List<Delivery> readable = new ArrayList<>(batch.deliveries().size());
    for (Delivery delivery : batch.deliveries()) {
      try {
        call.read(delivery);
        readable.add(delivery);
      } catch (MalformedEvent e) {
        if (failedAttempts.after(batch, delivery, 1, e) == Next.STOP) {
          return List.of();
        }
      }
    }
    return readable;
  }

  private void handleInOneTransaction(List<Delivery> deliveries) {
    int[] counted = new int[2];
    database.transactions().executeWithoutResult(transaction -> handle(deliveries, counted));
    deliveries.forEach(Delivery::finish);
    status.counts().handled.add(counted[0]);
    status.counts().emitted.add(counted[1]);
    status.counts().repeated.add(deliveries.size() - counted[0]);
  }

  private void handle(List<Delivery> deliveries, int[] counted) {
    // The first delivery of an id is the one that counts; the same id may come twice within a
    // batch.
    Map<String, Delivery> byId = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      byId.putIfAbsent(eventOf(delivery).eventId(), delivery);
    }
    Set<String> fresh = database.inbox().recordNew(status.agent().name(), byId.keySet());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Map.Entry<String, Delivery> entry : byId.entrySet()) {
      if (fresh.contains(entry.getKey())) {
        records.addAll(call.call(entry.getValue(), eventOf(entry.getValue())));
        counted[0]++;
      }
    }
    counted[1] = records.size();
    if (!records.isEmpty()) {
      database.outbox().write(records);
    }
  }

  private static Event<?> eventOf(Delivery delivery) {
    Event<?> event = delivery.event();
    if (event == null) {
      throw new IllegalStateException("A delivery is read before it is handled");
    }
    return event;
  }

  /** By one worker: side by side, transactions of one agent would wait for each other's rows. */
  private void handleOneByOne(EventBatch batch) {
    new KeyedWork<Delivery>(
            batch.byKey(),
            (delivery, attempt) -> attempt(batch, delivery, attempt),
            batch::takesMore)
        .run(1, workers);
  }

  private Next attempt(EventBatch batch, Delivery delivery, int attempt) {
    try {
      handleInOneTransaction(List.of(delivery));
      return Next.DONE;
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return failedAttempts.after(batch, delivery, attempt, e);
    }
  }
}
