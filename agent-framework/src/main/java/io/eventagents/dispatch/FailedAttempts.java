package io.eventagents.dispatch;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.deadletter.DeadLetters;
import io.eventagents.observation.AgentStatus;
import io.eventagents.retry.KeyedWork.Next;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
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

  FailedAttempts(AgentStatus status, DeadLetters deadLetters) {
    this.agent = status.agent();
    this.status = status;
    this.deadLetters = deadLetters;
  }

  /** What to do after this attempt threw. */
  Next after(EventBatch batch, Delivery delivery, int attempt, Throwable thrown) {
    delivery.attempts(attempt);
    return switch (Failure.of(thrown)) {
      case Failure.Unavailable unavailable -> {
        batch.interrupt(unavailable.dependency(), unavailable.retryAfter());
        yield Next.STOP;
      }
      case Failure.Final rejected -> giveUp(batch, delivery, rejected.reason(), thrown);
      case Failure.Passing passing -> {
        if (attempt >= status.retry().attempts()) {
          yield giveUp(batch, delivery, passing.reason(), thrown);
        }
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
            passing.reason());
        yield new Next.Again(status.retry().delayAfter(attempt, RandomGenerator.getDefault()));
      }
    };
  }

  /**
   * Puts the event into the dead letters; where even that fails, the batch is interrupted and
   * nothing is lost.
   */
  Next giveUp(EventBatch batch, Delivery delivery, String reason, Throwable thrown) {
    try {
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
      batch.interrupt("Kafka (dead letters: " + e.getCause() + ")", null);
      return Next.STOP;
    }
    status.counts().deadLettered.increment();
    delivery.finish();
    return Next.DONE;
  }
}
