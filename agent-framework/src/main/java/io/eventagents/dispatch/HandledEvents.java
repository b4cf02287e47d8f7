package io.eventagents.dispatch;

import io.eventagents.inbox.Inbox;
import io.eventagents.outbox.Outbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records in the inbox that events are handled, and what they emit in the outbox, in one
 * transaction for all that are handled at the same moment: whoever comes while a transaction runs
 * is in the next one. So any number of workers needs one connection, and a commit is shared. Thread
 * safe.
 */
final class HandledEvents {

  private static final int LARGEST_GROUP = 500;

  private final String agent;
  private final Inbox inbox;
  private final Outbox outbox;
  private final TransactionTemplate transactions;
  private final ConcurrentLinkedQueue<Handled> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock recording = new ReentrantLock();

  HandledEvents(String agent, DatabaseHandlings database) {
    this.agent = agent;
    this.inbox = database.inbox();
    this.outbox = database.outbox();
    this.transactions = database.transactions();
  }

  private record Handled(
      String eventId,
      List<ProducerRecord<byte[], byte[]>> emitted,
      CompletableFuture<Void> recorded) {

    boolean isDone() {
      return recorded.isDone();
    }
  }

  /**
   * Returns when the event is recorded together with what it emits; what an event emits that was
   * recorded before is left out.
   *
   * @throws RuntimeException why it could not be recorded; nothing of it is then
   */
  void record(String eventId, List<ProducerRecord<byte[], byte[]>> emitted) {
    Handled handled = new Handled(eventId, emitted, new CompletableFuture<>());
    waiting.add(handled);
    recording.lock();
    try {
      // Mostly who had the lock before has recorded this one too.
      while (!handled.isDone()) {
        recordWhatWaits();
      }
    } finally {
      recording.unlock();
    }
    try {
      handled.recorded().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** How many wait for a transaction. */
  int waiting() {
    return waiting.size();
  }

  private void recordWhatWaits() {
    List<Handled> group = new ArrayList<>();
    for (Handled next = waiting.poll(); next != null; next = waiting.poll()) {
      group.add(next);
      if (group.size() == LARGEST_GROUP) {
        break;
      }
    }
    try {
      transactions.executeWithoutResult(transaction -> write(group));
      group.forEach(one -> one.recorded().complete(null));
    } catch (RuntimeException | Error e) {
      if (group.size() == 1 || Failure.of(e) instanceof Failure.Unavailable) {
        group.forEach(one -> one.recorded().completeExceptionally(e));
      } else {
        // One of them may be at fault: the others must not pay for it.
        group.forEach(this::recordAlone);
      }
    }
  }

  private void recordAlone(Handled handled) {
    try {
      transactions.executeWithoutResult(transaction -> write(List.of(handled)));
      handled.recorded().complete(null);
    } catch (RuntimeException | Error e) {
      handled.recorded().completeExceptionally(e);
    }
  }

  private void write(List<Handled> group) {
    Map<String, Handled> byId = new LinkedHashMap<>();
    group.forEach(one -> byId.putIfAbsent(one.eventId(), one));
    Set<String> fresh = inbox.recordNew(agent, byId.keySet());
    List<ProducerRecord<byte[], byte[]>> emitted = new ArrayList<>();
    byId.forEach(
        (eventId, one) -> {
          if (fresh.contains(eventId)) {
            emitted.addAll(one.emitted());
          }
        });
    if (!emitted.isEmpty()) {
      outbox.write(emitted);
    }
  }
}
