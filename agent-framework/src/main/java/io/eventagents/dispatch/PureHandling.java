package io.eventagents.dispatch;

import io.eventagents.observation.AgentStatus;
import io.eventagents.retry.KeyedWork;
import io.eventagents.retry.KeyedWork.Next;
import io.eventagents.send.RecordSender;
import io.eventagents.send.SendFailures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Agents without effects: called, and what they emit is sent at once; finished when all of it is
 * acknowledged.
 */
final class PureHandling implements Handling {

  private final AgentCall call;
  private final RecordSender sender;
  private final FailedAttempts failedAttempts;
  private final AgentStatus status;
  private final Executor workers;

  PureHandling(
      AgentCall call,
      RecordSender sender,
      FailedAttempts failedAttempts,
      AgentStatus status,
      Executor workers) {
    this.call = call;
    this.sender = sender;
    this.failedAttempts = failedAttempts;
    this.status = status;
    this.workers = workers;
  }

  @Override
  public void handle(EventBatch batch) {
    new KeyedWork<Delivery>(
            batch.byKey(),
            (delivery, attempt) -> attempt(batch, delivery, attempt),
            batch::takesMore,
            batch::isStopping)
        .run(status.concurrency(), workers);
    sender.flush();
    for (Delivery delivery : batch.deliveries()) {
      if (!delivery.isFinished() && !delivery.sends().isEmpty()) {
        confirm(batch, delivery);
      }
    }
  }

  private Next attempt(EventBatch batch, Delivery delivery, int attempt) {
    try {
      List<ProducerRecord<byte[], byte[]>> records = call.call(delivery, call.read(delivery));
      if (records.isEmpty()) {
        finish(delivery);
        return Next.DONE;
      }
      for (ProducerRecord<byte[], byte[]> record : records) {
        delivery.sends().add(sender.send(record));
      }
      return Next.DONE;
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return failedAttempts.after(batch, delivery, attempt, e);
    }
  }

  private void finish(Delivery delivery) {
    status.counts().handled.increment();
    delivery.finish();
  }

  private void confirm(EventBatch batch, Delivery delivery) {
    try {
      for (CompletableFuture<Void> send : delivery.sends()) {
        send.join();
      }
      status.counts().emitted.add(delivery.sends().size());
      finish(delivery);
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (SendFailures.concernTheRecord(cause)) {
        failedAttempts.giveUp(batch, delivery, "What it emitted cannot be sent: " + cause, cause);
      } else {
        batch.interrupt("Kafka (" + cause.getClass().getSimpleName() + ")", null);
      }
    }
  }
}
