package io.eventagents.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Records in the inbox that events are handled, and in the outbox what they emit. Events that are
 * handled at the same moment share a transaction: those that come while one runs are in the next.
 * So any number of workers needs one connection, and they share a commit. Thread-safe.
 */
final class HandledEvents {

  private static final int LARGEST_GROUP = 500;

  private final String agent;
  private final DatabaseHandlings database;
  private final ConcurrentLinkedQueue<Handled> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock recording = new ReentrantLock();

  HandledEvents(String agent, DatabaseHandlings database) {
    this.agent = agent;
    this.database = database;
  }

  /**
   * The lock guards its outcome. Noting the outcome takes no memory, which may be what is short.
   */
  private static final class Handled {

    private final String eventId;
    private final List<ProducerRecord<byte[], byte[]>> emitted;
    private boolean done;
    private @Nullable Throwable failure;

    Handled(String eventId, List<ProducerRecord<byte[], byte[]>> emitted) {
      this.eventId = eventId;
      this.emitted = emitted;
    }

    /** The first outcome counts. */
    void done(@Nullable Throwable why) {
      if (!done) {
        done = true;
        failure = why;
      }
    }
  }

  /**
   * Returns when the event is recorded together with what it emits. If the event was recorded
   * before, what it emits is left out.
   *
   * @throws RuntimeException if it could not be recorded; then nothing of it is. The same goes for
   *     an Error
   */
  void record(String eventId, List<ProducerRecord<byte[], byte[]>> emitted) {
    Handled handled = new Handled(eventId, emitted);
    waiting.add(handled);
    Throwable failure;
    recording.lock();
    try {
      // Usually the previous holder of the lock has recorded this one too.
      while (!handled.done) {
        recordWhatWaits();
      }
      failure = handled.failure;
    } finally {
      recording.unlock();
    }
    if (failure != null) {
      ReflectionUtils.rethrowRuntimeException(failure);
    }
  }

  /** How many wait for a transaction. */
  int waiting() {
    return waiting.size();
  }

  /** Whatever fails here, everything that it takes from the queue has an outcome afterwards. */
  private void recordWhatWaits() {
    List<Handled> group = new ArrayList<>();
    Throwable failure = null;
    try {
      // Added before it leaves the queue: in between it would belong to nobody.
      for (Handled next = waiting.peek(); next != null; next = waiting.peek()) {
        group.add(next);
        waiting.remove();
        if (group.size() == LARGEST_GROUP) {
          break;
        }
      }
      recordTogether(group);
    } catch (RuntimeException | Error e) {
      if (group.isEmpty()) {
        throw e;
      }
      failure = e;
    } finally {
      for (Handled one : group) {
        one.done(failure);
      }
    }
  }

  private void recordTogether(List<Handled> group) {
    try {
      database.transactions().executeWithoutResult(transaction -> write(group));
    } catch (RuntimeException | Error e) {
      database.writes().failed(e);
      if (group.size() == 1 || Failure.of(e) instanceof Failure.Unavailable) {
        throw e;
      }
      // One of them may be at fault: the others must not pay for it.
      group.forEach(this::recordAlone);
    }
  }

  private void recordAlone(Handled handled) {
    try {
      database.transactions().executeWithoutResult(transaction -> write(List.of(handled)));
      handled.done(null);
    } catch (RuntimeException | Error e) {
      database.writes().failed(e);
      handled.done(e);
    }
  }

  private void write(List<Handled> group) {
    Map<String, Handled> byId = new LinkedHashMap<>();
    group.forEach(one -> byId.putIfAbsent(one.eventId, one));
    database.record(agent, byId, one -> one.emitted);
  }
}
