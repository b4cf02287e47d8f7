package io.eventagents.orchestrator;

import io.eventagents.Cause;
import io.eventagents.EventPublisher;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells once what did not follow in time. Several instances share the work: a row that one of them
 * holds is not the others'.
 */
final class FollowUpDeadlines {

  private static final int AT_ONCE = 100;

  private final FollowUpRules rules;
  private final FollowUpStore store;
  private final EventPublisher<FollowUpMissed> events;
  private final TransactionTemplate transactions;
  private final Clock clock;

  FollowUpDeadlines(
      FollowUpRules rules,
      FollowUpStore store,
      EventPublisher<FollowUpMissed> events,
      TransactionTemplate transactions,
      Clock clock) {
    this.rules = rules;
    this.store = store;
    this.events = events;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Tells all that are overdue. */
  void tellMissed() {
    int told;
    do {
      told = transactions.execute(status -> tellSome());
    } while (told == AT_ONCE);
  }

  /** Of types that nobody reads any more it cannot be known. */
  private int tellSome() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<FollowUp> overdue = store.lockOverdue(rules.eventTypes(), now, AT_ONCE);
    for (FollowUp followUp : overdue) {
      store.missed(followUp, now);
      events.publish(
          FollowUpMissed.of(followUp),
          Cause.event(followUp.correlationId(), followUp.causeId()).occurrence(followUp.ordinal()));
    }
    return overdue.size();
  }
}
