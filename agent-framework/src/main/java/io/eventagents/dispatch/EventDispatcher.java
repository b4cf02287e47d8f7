package io.eventagents.dispatch;

import io.eventagents.Ordering;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.deadletter.ReplayRequest;
import io.eventagents.observation.AgentStatus;
import io.eventagents.retry.BatchInterrupted;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.PayloadTypes;
import io.eventagents.wire.RecordPosition;
import io.eventagents.wire.Routing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the batches of one agent. It skips what is addressed to others, handles the rest, and
 * returns when every event is handled, skipped or dead-lettered and every send is acknowledged.
 * Offsets are committed only then.
 *
 * <p>Called by one thread per partition set at a time.
 */
public final class EventDispatcher implements RecordDispatcher {

  private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);

  private final AgentDefinition agent;
  private final PayloadTypes types;
  private final EventReader reader;
  private final Handling handling;
  private final Confirmations confirmations;
  private final AgentStatus status;
  private final OutageBackoff outage = new OutageBackoff();
  private final SuspectEvents caution = new SuspectEvents();
  private final Duration batchTime;
  private final Clock clock;
  private volatile boolean stopping;

  /**
   * @param batchTime how long a batch may take before the rest of it is polled again; well under
   *     the poll interval
   */
  EventDispatcher(
      PayloadTypes types,
      EventReader reader,
      Handling handling,
      Confirmations confirmations,
      AgentStatus status,
      Duration batchTime,
      Clock clock) {
    this.agent = status.agent();
    this.types = types;
    this.reader = reader;
    this.handling = handling;
    this.confirmations = confirmations;
    this.status = status;
    this.batchTime = batchTime;
    this.clock = clock;
  }

  @Override
  public void dispatch(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Delivery> deliveries = new ArrayList<>(records.size());
    int skipped = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      switch (reader.route(record, types)) {
        case Routing.Addressed addressed ->
            deliveries.add(new Delivery(record, addressed.type(), originOf(record), null));
        case Routing.NotAddressed other -> {
          if (other == Routing.NotAddressed.OTHER_TYPE) {
            skipped++;
          } else {
            status.counts().unreadable.increment();
          }
        }
      }
    }
    status.counts().skipped.add(skipped);
    if (!deliveries.isEmpty()) {
      handle(records, deliveries);
    }
    status.running();
  }

  private Delivery.Origin originOf(ConsumerRecord<byte[], byte[]> record) {
    return record.topic().equals(agent.replayTopic())
        ? new Delivery.Origin.Replay(ReplayRequest.of(record, clock).orElse(null))
        : Delivery.Origin.TOPIC;
  }

  private void handle(List<ConsumerRecord<byte[], byte[]>> records, List<Delivery> deliveries) {
    long deadline = System.nanoTime() + batchTime.toNanos();
    EventBatch batch =
        new EventBatch(records, deliveries, () -> System.nanoTime() - deadline < 0, () -> stopping);
    if (caution.isNeeded()) {
      attemptWithCaution(batch);
    } else {
      attempt(batch);
    }
    Failure.Unavailable interruption = batch.interruption();
    if (interruption != null) {
      throw waitFor(interruption, batch);
    }
    outage.over().ifPresent(what -> log.info("{} goes on: {} is back", agent.name(), what));
    if (!batch.isFinished()) {
      throw new BatchInterrupted(
          stopping ? "stopping" : "the batch took its time", batch.resumeAt(), Duration.ZERO);
    }
  }

  private void work(EventBatch batch) {
    if (agent.ordering() == Ordering.PASSING) {
      // Nothing waits behind discarded events: they are left, and nothing else is done.
      batch.deliveries().stream().filter(Delivery::isDiscard).forEach(Delivery::finish);
    }
    handling.handle(batch);
    confirmations.confirm(batch);
  }

  private void attempt(EventBatch batch) {
    try {
      work(batch);
    } catch (Error e) {
      // Memory may be short. An Error that reaches the container stops it for good.
      confirmations.postpone(batch);
      caution.failedTogether(batch.deliveries());
      String where =
          batch.deliveries().stream()
              .filter(delivery -> !delivery.isFinished())
              .findFirst()
              .map(first -> " (at or behind " + RecordPosition.of(first.record()) + ")")
              .orElse("");
      if (outage.isOver()) {
        log.error(
            "{} failed{} and tries the same events again, one after the other",
            agent.name(),
            where,
            e);
      }
      batch.interrupt(e + where);
    }
  }

  /**
   * Handles events alone up to the point where an Error left some unfinished, and the others
   * together.
   */
  private void attemptWithCaution(EventBatch batch) {
    List<Delivery> together = new ArrayList<>();
    for (Delivery delivery : batch.deliveries()) {
      if (!caution.isAlone(delivery.record())) {
        together.add(delivery);
      } else if (!batch.takesMore() || !attemptAlone(batch, delivery)) {
        return;
      }
    }
    if (together.isEmpty()) {
      return;
    }
    together.forEach(delivery -> caution.passed(delivery.record()));
    EventBatch rest = batch.only(together);
    attempt(rest);
    batch.interrupt(rest.interruption());
  }

  /** Returns false if it is left unfinished. */
  private boolean attemptAlone(EventBatch batch, Delivery delivery) {
    // What is read from it is not kept while the next one is handled.
    Delivery alone = delivery.afresh(caution.verdict(delivery.record()));
    EventBatch single = batch.only(List.of(alone));
    try {
      work(single);
    } catch (Error e) {
      RecordPosition position = RecordPosition.of(alone.record());
      if (!alone.isFinished()) {
        int failures = caution.failedAlone(alone.record(), e);
        log.warn(
            "{} failed at {} with nothing else handled at the same time, {} of {} times: {}",
            agent.name(),
            position,
            failures,
            SuspectEvents.ATTEMPTS,
            e.toString());
      }
      confirmations.postpone(single);
      single.interrupt(e + " (at " + position + ")");
    }
    if (alone.isFinished()) {
      delivery.finish();
      caution.passed(alone.record());
    }
    batch.interrupt(single.interruption());
    return batch.interruption() == null && alone.isFinished();
  }

  private BatchInterrupted waitFor(Failure.Unavailable interruption, EventBatch batch) {
    boolean isFirst = outage.isOver();
    Duration delay = outage.next(interruption.dependency(), interruption.retryAfter());
    status.counts().interrupted.increment();
    var now = clock.instant();
    status.waiting(interruption.dependency(), now, now.plus(delay));
    if (isFirst) {
      log.warn(
          "{} pauses: {} is unavailable; it tries again in {} ms and then until it answers",
          agent.name(),
          interruption.dependency(),
          delay.toMillis());
    }
    return new BatchInterrupted(interruption.dependency(), batch.resumeAt(), delay);
  }

  @Override
  public void stop() {
    stopping = true;
  }
}
