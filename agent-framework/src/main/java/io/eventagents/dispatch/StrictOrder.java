package io.eventagents.dispatch;

import io.eventagents.observation.AgentStatus;
import io.eventagents.ordering.HeldEvent;
import io.eventagents.ordering.HeldKeys;
import io.eventagents.retry.KeyedWork.Next;
import io.eventagents.retry.KeyedWork.Step;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.PayloadTypes;
import io.eventagents.wire.RecordPosition;
import io.eventagents.wire.Routing;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a key's later events behind one that failed until that one is replayed or discarded. Then
 * they are handled first, in their order. Thread-safe.
 */
final class StrictOrder {

  private static final Logger log = LoggerFactory.getLogger(StrictOrder.class);

  private final AgentStatus status;
  private final String agent;
  private final HeldKeys heldKeys;
  private final EventReader reader;
  private final PayloadTypes types;

  StrictOrder(AgentStatus status, HeldKeys heldKeys, EventReader reader, PayloadTypes types) {
    this.status = status;
    this.agent = status.agent().name();
    this.heldKeys = heldKeys;
    this.reader = reader;
    this.types = types;
  }

  /**
   * Looks up which keys of the batch are held now; interrupts the batch if the database is away.
   */
  Pass over(EventBatch batch) {
    Set<ByteBuffer> keys = new HashSet<>();
    boolean hasReplay = false;
    for (Delivery delivery : batch.deliveries()) {
      if (delivery.record().key() != null) {
        keys.add(ByteBuffer.wrap(delivery.record().key()));
      }
      hasReplay |= delivery.isReplay();
    }
    return new Pass(batch, heldOf(batch, keys), hasReplay);
  }

  private Map<ByteBuffer, RecordPosition> heldOf(EventBatch batch, Set<ByteBuffer> keys) {
    try {
      return heldKeys.held(agent, keys);
    } catch (RuntimeException e) {
      if (batch.isInterruptedBy(e)) {
        return Map.of();
      }
      throw e;
    }
  }

  /**
   * The deliveries of one batch.
   *
   * <p>Another instance may release a key meanwhile; this is noticed when an event is to be held.
   * No other instance can start to hold a key, because one instance at a time has its events.
   */
  final class Pass {

    private final EventBatch batch;
    private final Map<ByteBuffer, RecordPosition> held;
    private final boolean hasReplay;

    private Pass(EventBatch batch, Map<ByteBuffer, RecordPosition> held, boolean hasReplay) {
      this.batch = batch;
      this.held = new ConcurrentHashMap<>(held);
      this.hasReplay = hasReplay;
    }

    /** Whether the deliveries must be looked at one by one. */
    boolean concernsAny() {
      return hasReplay || !held.isEmpty();
    }

    /** The step that keeps the order, around the step that handles an event. */
    Step<Delivery> around(Step<Delivery> handling) {
      return (delivery, attempt) -> attempt(delivery, attempt, handling);
    }

    private Next attempt(Delivery delivery, int attempt, Step<Delivery> handling) {
      byte[] key = delivery.record().key();
      if (key == null) {
        return handling.attempt(delivery, attempt);
      }
      try {
        return attempt(delivery, attempt, handling, key);
      } catch (RuntimeException e) {
        if (batch.isInterruptedBy(e)) {
          delivery.reopen();
          return Next.STOP;
        }
        throw e;
      }
    }

    private Next attempt(Delivery delivery, int attempt, Step<Delivery> handling, byte[] key) {
      ByteBuffer heldKey = ByteBuffer.wrap(key);
      if (delivery.isHandled()) { // and what waited behind it is being handled
        return drain(delivery, handling, key);
      }
      if (delivery.isDiscard()) {
        delivery.finish();
        return drain(delivery, handling, key);
      }
      RecordPosition holder = held.get(heldKey);
      boolean waits =
          holder != null
              && !delivery.isReplay()
              // It comes again because nobody knows whether its failure was noted completely.
              && !holder.equals(RecordPosition.of(delivery.record()));
      if (waits) {
        if (heldKeys.append(agent, delivery.record())) {
          status.counts().held.increment();
          delivery.finish();
          return Next.DONE;
        }
        held.remove(heldKey);
        holder = null;
      }
      Next next = handling.attempt(delivery, attempt);
      if (delivery.isDeadLettered()) {
        held.putIfAbsent(heldKey, RecordPosition.of(delivery.record()));
        return next;
      }
      return delivery.isFinished() && (holder != null || delivery.isReplay())
          ? drain(delivery, handling, key)
          : next;
    }

    /**
     * Handles what waits behind a delivery that was handled in the end. The delivery is finished
     * when nothing waits any longer; until then it comes again.
     */
    private Next drain(Delivery delivery, Step<Delivery> handling, byte[] key) {
      delivery.handled();
      RecordPosition failedAt = delivery.failedAt();
      Optional<RecordPosition> holder = heldKeys.holderOf(agent, key);
      if (holder.filter(failedAt::equals).isEmpty()) {
        // Another event holds the key, or none does: nothing waits for this one.
        delivery.finish();
        return Next.DONE;
      }
      while (batch.takesMore()) {
        Optional<HeldEvent> first = heldKeys.first(agent, key);
        if (first.isPresent()) {
          Next next = handle(delivery, first.get(), handling);
          if (!(next instanceof Next.Done) || delivery.isFinished()) {
            return next;
          }
        } else if (heldKeys.release(agent, key)) {
          held.remove(ByteBuffer.wrap(key));
          delivery.finish();
          log.info("{} has handled what waited behind {}", agent, failedAt);
          return Next.DONE;
        }
      }
      return Next.DONE;
    }

    /** Finishes the delivery if the event that waited holds the key from now on. */
    private Next handle(Delivery delivery, HeldEvent first, Step<Delivery> handling) {
      if (!(reader.route(first.record(), types) instanceof Routing.Addressed addressed)) {
        // The agent no longer takes its type.
        status.counts().skipped.increment();
        heldKeys.remove(first);
        return Next.DONE;
      }
      Delivery waiting = delivery.behind(first, addressed.type());
      Next next = handling.attempt(waiting, waiting.attempts() + 1);
      if (waiting.isFinished()) {
        heldKeys.remove(first);
      }
      if (waiting.isDeadLettered()) {
        held.put(ByteBuffer.wrap(first.record().key()), RecordPosition.of(first.record()));
        delivery.finish();
      }
      return next;
    }
  }
}
