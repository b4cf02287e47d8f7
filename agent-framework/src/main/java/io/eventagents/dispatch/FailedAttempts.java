package io.eventagents.dispatch;

import io.eventagents.DatabaseFailure;
import io.eventagents.Event;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.database.DatabaseRefusal;
import io.eventagents.database.DatabaseWrites;
import io.eventagents.deadletter.DeadLetters;
import io.eventagents.observation.AgentStatus;
import io.eventagents.ordering.HeldKeys;
import io.eventagents.retry.KeyedWork.Next;
import io.eventagents.send.SendFailures;
import io.eventagents.wire.RecordPosition;
import io.eventagents.wire.RunawayChain;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows a failed attempt: wait for what is down, try again, or give the event up.
 * Thread-safe.
 */
final class FailedAttempts {

  private static final Logger log = LoggerFactory.getLogger(FailedAttempts.class);

  private final AgentDefinition agent;
  private final AgentStatus status;
  private final DeadLetters deadLetters;
  private final @Nullable DatabaseWrites writes;
  private final @Nullable HeldKeys heldKeys;
  private final AtomicReference<@Nullable String> lastStopped = new AtomicReference<>();

  /**
   * @param writes asked before an event is given up because of a database failure; null for an
   *     agent without a database
   * @param heldKeys holds the keys whose events wait behind a failed one; null if events pass it
   */
  FailedAttempts(
      AgentStatus status,
      DeadLetters deadLetters,
      @Nullable DatabaseWrites writes,
      @Nullable HeldKeys heldKeys) {
    this.agent = status.agent();
    this.status = status;
    this.deadLetters = deadLetters;
    this.writes = writes;
    this.heldKeys = heldKeys;
  }

  /** What to do after this attempt threw. */
  Next after(EventBatch batch, Delivery delivery, int attempt, Throwable thrown) {
    delivery.attempts(attempt);
    return switch (Failure.of(thrown)) {
      case Failure.Unavailable unavailable -> {
        batch.interrupt(unavailable);
        yield Next.STOP;
      }
      case Failure.Final rejected -> giveUp(batch, delivery, rejected.reason(), thrown);
      case Failure.Conflict conflict -> {
        if (attempt >= status.retry().attempts()) {
          batch.interrupt(Failure.DATABASE + conflict.reason());
          yield Next.STOP;
        }
        yield again(delivery, attempt, conflict.reason());
      }
      case Failure.Passing passing ->
          attempt >= status.retry().attempts()
              ? giveUp(batch, delivery, passing.reason(), thrown)
              : again(delivery, attempt, passing.reason());
    };
  }

  private Next again(Delivery delivery, int attempt, String reason) {
    status.counts().retried.increment();
    log.info(
        "{} failed to handle {} at {}-{}@{}, attempt {} of {}: {}",
        agent.name(),
        delivery.type().eventType(),
        delivery.record().topic(),
        delivery.record().partition(),
        delivery.record().offset(),
        attempt,
        status.retry().attempts(),
        reason);
    return new Next.Again(status.retry().delayAfter(attempt, RandomGenerator.getDefault()));
  }

  /**
   * Puts the event into the dead letters. If even that fails, the batch is interrupted and nothing
   * is lost.
   */
  Next giveUp(EventBatch batch, Delivery delivery, String reason, Throwable thrown) {
    DatabaseRefusal refusal = writes == null ? null : writes.refuses(thrown).orElse(null);
    if (refusal != null) {
      batch.interrupt(refusal.dependency());
      return Next.STOP;
    }
    try {
      // The key is held first: later events must not pass this one, whatever happens in between.
      hold(delivery);
      deadLetters
          .add(
              agent,
              delivery.record(),
              delivery.event(),
              delivery.type().eventType(),
              reason,
              thrown,
              Math.max(1, delivery.attempts()))
          .join();
    } catch (CompletionException e) {
      log.debug("A dead letter was not accepted", e);
      batch.interrupt("Kafka (dead letters: " + SendFailures.cause(e) + ")");
      return Next.STOP;
    } catch (RuntimeException e) {
      DatabaseFailure failure = DatabaseFailure.of(e).orElse(null);
      if (failure == null) {
        throw e;
      }
      log.debug("A key was not held", e);
      batch.interrupt(Failure.DATABASE + failure.summary());
      return Next.STOP;
    }
    status.counts().deadLettered.increment();
    if (thrown instanceof RunawayChain runaway) {
      stopped(delivery, runaway);
    }
    delivery.deadLetter();
    return Next.DONE;
  }

  /** One alarm per chain: a runaway chain may have many branches. */
  private void stopped(Delivery delivery, RunawayChain runaway) {
    status.counts().stopped.increment();
    Event<?> event = delivery.event();
    String chain = event == null ? "" : event.metadata().correlationId();
    if (!chain.equals(lastStopped.getAndSet(chain))) {
      log.error(
          "{} stopped a chain, and puts its events into the dead letters: {}. Find who answers whom in the audit's"
              + " page of the chain that {} at {} belongs to; if it is meant to go that far, raise"
              + " event-agents.agents.{}.chains.*.",
          agent.name(),
          runaway.reason(),
          delivery.type().eventType(),
          RecordPosition.of(delivery.record()),
          agent.name());
    }
  }

  private void hold(Delivery delivery) {
    byte[] key = delivery.record().key();
    if (heldKeys != null && key != null) {
      heldKeys.hold(agent.name(), key, RecordPosition.of(delivery.record()), delivery.insteadOf());
    }
  }
}
