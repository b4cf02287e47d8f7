package io.eventagents.dispatch;

import io.eventagents.Event;
import io.eventagents.retry.KeyedWork;
import io.eventagents.retry.KeyedWork.Next;
import io.eventagents.retry.KeyedWork.Step;
import io.eventagents.wire.RecordPosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Handles events of agents that call others. It looks into the inbox, calls the function with no
 * transaction open, and then writes inbox and outbox in one transaction. If the process ends
 * between the two, or another instance takes the partition over, the call is repeated. No other
 * failure repeats it, because this process knows that the call was made. While the database is
 * known to take no writes, no call is made.
 */
final class ExternalHandling implements Handling {

  private final AgentWork work;
  private final DatabaseHandlings database;
  private final HandledEvents handledEvents;
  private final @Nullable StrictOrder strictOrder;
  private final Duration maxAge;
  private final Clock clock;
  private final MadeCalls madeCalls = new MadeCalls();

  ExternalHandling(
      AgentWork work,
      DatabaseHandlings database,
      @Nullable StrictOrder strictOrder,
      Duration maxAge,
      Clock clock) {
    this.work = work;
    this.database = database;
    this.handledEvents = new HandledEvents(work.status().agent().name(), database);
    this.strictOrder = strictOrder;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  @Override
  public void handle(EventBatch batch) {
    if (!database.takesWrites(batch)) {
      return;
    }
    Set<String> ids = new HashSet<>();
    for (Delivery delivery : work.call().readable(batch)) {
      Event<?> event = delivery.eventRead();
      if (isExpired(delivery, event)) {
        work.status().counts().expired.increment();
        delivery.finish();
      } else {
        ids.add(event.eventId());
      }
    }
    Set<String> handled = ConcurrentHashMap.newKeySet();
    Step<Delivery> step = (delivery, attempt) -> attempt(batch, delivery, attempt, handled);
    try {
      handled.addAll(database.inbox().handled(work.status().agent().name(), ids));
    } catch (RuntimeException e) {
      if (batch.isInterruptedBy(e)) {
        return;
      }
      throw e;
    }
    if (strictOrder != null) {
      step = strictOrder.over(batch).around(step);
    }
    List<List<Delivery>> keys = batch.byKey();
    // The longest key first: if it began last, one worker would finish it alone.
    keys.sort(Comparator.comparingInt((List<Delivery> key) -> key.size()).reversed());
    new KeyedWork<>(keys, step, batch::takesMore, batch::isStopping)
        .run(work.status().concurrency(), work.workers());
  }

  /**
   * Whether it has been on the topic for too long. The time at which it happened does not count: a
   * publisher that is late wants it handled. Nor does the age of a replay: somebody asked for it.
   */
  private boolean isExpired(Delivery delivery, Event<?> event) {
    long publishedAt = delivery.record().timestamp();
    Instant published = publishedAt < 0 ? event.occurredAt() : Instant.ofEpochMilli(publishedAt);
    return !delivery.isReplay() && published.isBefore(clock.instant().minus(maxAge));
  }

  private Next attempt(EventBatch batch, Delivery delivery, int attempt, Set<String> handled) {
    try {
      Event<?> event = work.call().read(delivery);
      if (handled.contains(event.eventId()) || (delivery.isHeld() && wasHandled(event))) {
        work.status().counts().repeated.increment();
        delivery.finish();
        return Next.DONE;
      }
      return switch (result(delivery, event)) {
        case CallResult.Emitted emitted -> {
          record(event.eventId(), emitted);
          handled.add(event.eventId());
          work.status().counts().handled.increment();
          work.status().counts().emitted.add(emitted.records().size());
          delivery.finish();
          yield Next.DONE;
        }
        case CallResult.Unwritable unwritable -> {
          madeCalls.add(event.eventId(), unwritable);
          delivery.attempts(attempt);
          yield work.failedAttempts()
              .giveUp(batch, delivery, reason(unwritable.cause()), unwritable.cause());
        }
      };
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      database.writes().failed(e);
      return work.failedAttempts().after(batch, delivery, attempt, e);
    }
  }

  /** The result of a call that was made before, or of one that is made now. */
  private CallResult result(Delivery delivery, Event<?> event) {
    CallResult made = madeCalls.find(event.eventId());
    return switch (made) {
      case null -> make(delivery, event);
      case CallResult.Emitted emitted -> emitted;
      // A replay of a result that could not be emitted asks for another: one for each replay.
      case CallResult.Unwritable unwritable ->
          delivery.isReplay() && !unwritable.madeFor().equals(RecordPosition.of(delivery.record()))
              ? make(delivery, event)
              : unwritable;
    };
  }

  /**
   * Makes no call while it is known that it could not be recorded: it would have to be repeated.
   */
  private CallResult make(Delivery delivery, Event<?> event) {
    database.writes().check();
    return work.call().make(delivery, event);
  }

  private void record(String eventId, CallResult.Emitted emitted) {
    try {
      handledEvents.record(eventId, emitted.records());
    } catch (RuntimeException | Error e) {
      madeCalls.add(eventId, emitted);
      throw e;
    }
    madeCalls.remove(eventId);
  }

  private static String reason(Throwable cause) {
    return "The agent has done its work and is not called again, but what it returned cannot be emitted (%s: %s). A replay calls it once more."
        .formatted(cause.getClass().getSimpleName(), cause.getMessage());
  }

  /** An event that waited was not in the batch and so was not looked up with it. */
  private boolean wasHandled(Event<?> event) {
    return !database
        .inbox()
        .handled(work.status().agent().name(), List.of(event.eventId()))
        .isEmpty();
  }
}
