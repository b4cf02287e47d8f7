package io.eventagents.orchestrator.followup;

import io.eventagents.Cause;
import io.eventagents.DatabaseFailure;
import io.eventagents.EventPublisher;
import io.eventagents.StorableText;
import io.eventagents.background.FailureOnce;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reports once what did not follow in time. Several instances share the work: each skips the rows
 * that another has locked.
 */
public final class FollowUpDeadlines {

  private static final Logger log = LoggerFactory.getLogger(FollowUpDeadlines.class);
  private static final int AT_ONCE = 100;

  private final FollowUpRules rules;
  private final FollowUpStore store;
  private final EventPublisher<FollowUpMissed> events;
  private final TransactionTemplate transactions;
  private final Clock clock;

  private final FailureOnce leaving =
      new FailureOnce(() -> log.info("Everything that did not follow in time is reported again"));

  public FollowUpDeadlines(
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

  /** Reports all that are overdue. One that cannot be reported is left, and delays no other. */
  public void tellMissed() {
    try {
      int told;
      do {
        told = transactions.execute(status -> tellSome());
      } while (told == AT_ONCE);
      leaving.ends();
    } catch (RuntimeException | Error e) {
      if (DatabaseFailure.comesBack(e)) {
        throw e;
      }
      log.debug("They cannot be reported together, so each is reported alone", e);
      tellOneByOne();
    }
  }

  /** Only types that the settings still name: whether others followed is unknown. */
  private int tellSome() {
    Instant now = now();
    List<FollowUp> overdue = store.lockOverdue(rules.eventTypes(), now, AT_ONCE, 0);
    overdue.forEach(followUp -> tell(followUp, now));
    return overdue.size();
  }

  private void tellOneByOne() {
    int left = 0;
    Outcome outcome;
    do {
      int skipped = left;
      outcome = transactions.execute(status -> tellNext(skipped, status));
      if (outcome == Outcome.LEFT) {
        left++;
      }
    } while (outcome != Outcome.NONE_IS_DUE);
    if (left == 0) {
      leaving.ends();
    }
  }

  private Outcome tellNext(int skipped, TransactionStatus transaction) {
    Instant now = now();
    List<FollowUp> next = store.lockOverdue(rules.eventTypes(), now, 1, skipped);
    if (next.isEmpty()) {
      return Outcome.NONE_IS_DUE;
    }
    try {
      tell(next.getFirst(), now);
      return Outcome.TOLD;
    } catch (RuntimeException | Error e) {
      if (DatabaseFailure.comesBack(e)) {
        throw e;
      }
      if (leaving.begins()) {
        log.warn(
            "No {} followed event {} in time; this cannot be reported yet and is tried again",
            next.getFirst().eventType(),
            StorableText.key(next.getFirst().causeId()),
            e);
      }
      transaction.setRollbackOnly();
      return Outcome.LEFT;
    }
  }

  private void tell(FollowUp followUp, Instant now) {
    store.missed(followUp, now);
    events.publish(
        FollowUpMissed.of(followUp),
        Cause.event(followUp.correlationId(), followUp.causeId()).occurrence(followUp.ordinal()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private enum Outcome {
    TOLD,
    LEFT,
    NONE_IS_DUE
  }
}
