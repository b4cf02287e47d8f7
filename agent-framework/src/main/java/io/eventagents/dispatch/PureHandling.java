package io.eventagents.dispatch;

import io.eventagents.retry.KeyedWork;
import io.eventagents.retry.KeyedWork.Next;
import io.eventagents.send.RecordSender;
import io.eventagents.send.SendFailures;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles events of agents without effects: calls the agent and sends what it emits at once. An
 * event is finished when all of that is acknowledged.
 */
final class PureHandling implements Handling {

  private static final Logger log = LoggerFactory.getLogger(PureHandling.class);
  private static final long LOOK_AROUND_MS = 250;
  private static final String NO_ACKNOWLEDGEMENT = "Kafka (no acknowledgement)";

  private final AgentWork work;
  private final RecordSender sender;

  /**
   * Sends of batches that ended without their acknowledgement. They never expire: the events come
   * again and must not overtake what is still under way.
   */
  private final Queue<CompletableFuture<Void>> underWay = new ConcurrentLinkedQueue<>();

  PureHandling(AgentWork work, RecordSender sender) {
    this.work = work;
    this.sender = sender;
  }

  @Override
  public void handle(EventBatch batch) {
    if (!isSettled(batch)) {
      batch.interrupt(NO_ACKNOWLEDGEMENT);
      return;
    }
    new KeyedWork<Delivery>(
            batch.byKey(),
            (delivery, attempt) -> attempt(batch, delivery, attempt),
            batch::takesMore,
            batch::isStopping)
        .run(work.status().concurrency(), work.workers());
    sender.flush();
    for (Delivery delivery : batch.deliveries()) {
      if (!delivery.isFinished() && !delivery.sends().isEmpty()) {
        confirm(batch, delivery);
      }
    }
  }

  /** Whether what earlier batches sent has arrived or failed. */
  private boolean isSettled(EventBatch batch) {
    for (Iterator<CompletableFuture<Void>> sends = underWay.iterator(); sends.hasNext(); ) {
      try {
        if (!await(batch, sends.next())) {
          return false;
        }
      } catch (CompletionException e) {
        log.debug("Sent for an earlier batch, and refused; its event comes again", e);
      }
      sends.remove();
    }
    return true;
  }

  /**
   * Waits as long as the poll interval allows; returns false if it takes longer.
   *
   * @throws CompletionException if the record cannot be sent
   */
  private static boolean await(EventBatch batch, CompletableFuture<Void> send) {
    while (!send.isDone()) {
      if (!batch.mayWait()) {
        return false;
      }
      try {
        send.get(LOOK_AROUND_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        log.trace("Not acknowledged yet", e);
      } catch (ExecutionException e) {
        throw new CompletionException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    send.join();
    return true;
  }

  private Next attempt(EventBatch batch, Delivery delivery, int attempt) {
    try {
      List<ProducerRecord<byte[], byte[]>> records =
          work.call().call(delivery, work.call().read(delivery));
      if (records.isEmpty()) {
        finish(delivery);
        return Next.DONE;
      }
      for (ProducerRecord<byte[], byte[]> record : records) {
        CompletableFuture<Void> send = sender.send(record);
        delivery.sends().add(send);
        if (send.isCompletedExceptionally()
            && !SendFailures.concernTheRecord(send.exceptionNow())) {
          // Later events of its key must not overtake it.
          batch.interrupt(SendFailures.inWords(send.exceptionNow()));
          return Next.STOP;
        }
      }
      return Next.DONE;
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return work.failedAttempts().after(batch, delivery, attempt, e);
    }
  }

  private void finish(Delivery delivery) {
    work.status().counts().handled.increment();
    delivery.finish();
  }

  private void confirm(EventBatch batch, Delivery delivery) {
    try {
      for (CompletableFuture<Void> send : delivery.sends()) {
        if (!await(batch, send)) {
          underWay.addAll(delivery.sends());
          batch.interrupt(NO_ACKNOWLEDGEMENT);
          return;
        }
      }
      work.status().counts().emitted.add(delivery.sends().size());
      finish(delivery);
    } catch (CompletionException e) {
      Throwable cause = SendFailures.cause(e);
      if (SendFailures.concernTheRecord(cause)) {
        work.failedAttempts()
            .giveUp(batch, delivery, "What it emitted cannot be sent: " + cause, cause);
      } else {
        batch.interrupt(SendFailures.inWords(cause));
      }
    }
  }
}
