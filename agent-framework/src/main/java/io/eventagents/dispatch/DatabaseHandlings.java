package io.eventagents.dispatch;

import io.eventagents.DependencyUnavailable;
import io.eventagents.database.DatabaseWrites;
import io.eventagents.inbox.Inbox;
import io.eventagents.ordering.HeldKeys;
import io.eventagents.outbox.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
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

  /**
   * Records the new events in the inbox, and what they emit in the outbox.
   *
   * @param byId all events, of which those that were recorded before are left out
   * @param emitted what a new event emits
   */
  <T> Recorded record(
      String agent,
      Map<String, T> byId,
      Function<T, List<ProducerRecord<byte[], byte[]>>> emitted) {
    Set<String> fresh = inbox.recordNew(agent, byId.keySet());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    byId.forEach(
        (eventId, event) -> {
          if (fresh.contains(eventId)) {
            records.addAll(emitted.apply(event));
          }
        });
    outbox.write(records);
    return new Recorded(fresh.size(), records.size());
  }

  /** How many events a transaction recorded, and how many events those emitted. */
  record Recorded(int handled, int emitted) {}

  /** Whether it takes writes now; interrupts the batch if it does not. */
  boolean takesWrites(EventBatch batch) {
    try {
      writes().check();
      return true;
    } catch (DependencyUnavailable e) {
      batch.interrupt(e.dependency());
      return false;
    }
  }
}
