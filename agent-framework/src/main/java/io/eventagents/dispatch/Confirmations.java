package io.eventagents.dispatch;

import io.eventagents.deadletter.ReplayRequest;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.send.SendFailures;
import io.eventagents.wire.RecordPosition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Confirms the replays that an agent has carried out. Thread-safe. */
final class Confirmations {

  private static final Logger log = LoggerFactory.getLogger(Confirmations.class);

  private final String agent;
  private final Resolutions resolutions;

  Confirmations(String agent, Resolutions resolutions) {
    this.agent = agent;
    this.resolutions = resolutions;
  }

  /**
   * Confirms the finished replays of a batch. A replay that cannot be confirmed now comes again and
   * is recognised.
   */
  void confirm(EventBatch batch) {
    Map<Delivery, CompletableFuture<Void>> confirmations = new LinkedHashMap<>();
    for (Delivery delivery : batch.deliveries()) {
      ReplayRequest request = delivery.request();
      if (request != null && isDue(delivery)) {
        confirmations.put(
            delivery,
            resolutions.settled(agent, delivery.record(), delivery.type().eventType(), request));
      }
    }
    confirmations.forEach((delivery, sent) -> await(batch, delivery, sent));
  }

  /**
   * Has the finished replays of a batch come again, because it ended before they were confirmed.
   */
  void postpone(EventBatch batch) {
    for (Delivery delivery : batch.deliveries()) {
      if (delivery.request() != null && isDue(delivery)) {
        delivery.reopen();
      }
    }
  }

  /** A replay that failed again is reported by its new dead letter. */
  private static boolean isDue(Delivery delivery) {
    return delivery.isFinished() && !delivery.isDeadLettered();
  }

  private void await(EventBatch batch, Delivery delivery, CompletableFuture<Void> sent) {
    try {
      sent.join();
    } catch (CompletionException e) {
      Throwable cause = SendFailures.cause(e);
      if (SendFailures.concernTheRecord(cause)) {
        // It would be refused each time, and nothing else would be handled meanwhile.
        log.warn(
            "{} has carried out the replay at {}, but cannot confirm it: {}",
            agent,
            RecordPosition.of(delivery.record()),
            cause.toString());
        return;
      }
      log.debug("A replay could not be confirmed", e);
      delivery.reopen();
      batch.interrupt("Kafka (dead letters: " + cause + ")");
    }
  }
}
