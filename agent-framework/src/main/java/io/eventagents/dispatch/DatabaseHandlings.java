package io.eventagents.dispatch;

import io.eventagents.DependencyUnavailable;
import io.eventagents.database.DatabaseWrites;
import io.eventagents.inbox.Inbox;
import io.eventagents.ordering.HeldKeys;
import io.eventagents.outbox.Outbox;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What agents with effects need from the application's database.
 *
 * @param inbox the events that were handled
 * @param outbox what is to be sent
 * @param heldKeys keys whose events wait behind one that failed
 * @param transactions the application's transactions
 */
public record DatabaseHandlings(
    Inbox inbox, Outbox outbox, HeldKeys heldKeys, TransactionTemplate transactions) {

  /** Whether the database takes what is written to it. */
  DatabaseWrites writes() {
    return outbox.writes();
  }

  /** Whether it takes writes now; interrupts the batch if it does not. */
  boolean takesWrites(EventBatch batch) {
    try {
      writes().check();
      return true;
    } catch (DependencyUnavailable e) {
      batch.interrupt(e.dependency(), null);
      return false;
    }
  }
}
