package io.eventagents.outbox;

import io.eventagents.send.RecordSender;
import io.eventagents.send.SendFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way to the broker, in waves: after {@link #send} a wave is under way; after {@link
 * #await} it is settled, and {@link #outcome()} tells what became of it.
 *
 * <p>Rows of one key are sent one after the other without waiting, since the producer keeps them in
 * order. After a row that may be refused, the rest of its key goes with the next wave, once the row
 * is known to be accepted.
 */
final class SendBatch {

  private final RecordSender sender;
  private List<OutboxRow> rest;
  private List<Sent> wave = List.of();

  SendBatch(RecordSender sender, List<OutboxRow> rows) {
    this.sender = sender;
    this.rest = rows;
  }

  /** Whether rows are left for another wave. */
  boolean hasMore() {
    return !rest.isEmpty();
  }

  /**
   * Sends what may go now.
   *
   * @param mayGoOn asked before each row; once false, nothing more of the batch is sent
   */
  void send(BooleanSupplier mayGoOn) {
    List<Sent> sent = new ArrayList<>(rest.size());
    List<OutboxRow> later = new ArrayList<>();
    Set<OrderKey> waiting = new HashSet<>();
    for (OutboxRow row : rest) {
      if (!mayGoOn.getAsBoolean()) {
        later.clear();
        break;
      }
      Optional<OrderKey> key = row.orderKey();
      if (key.isPresent() && waiting.contains(key.get())) {
        later.add(row);
        continue;
      }
      Sent one = new Sent(row, sendOne(row));
      sent.add(one);
      if (row.mayBeRefused() || one.refusal() != null) {
        key.ifPresent(waiting::add);
      } else if (one.hasFailed()) {
        // The broker may just be back: the next row might overtake this one.
        later.clear();
        break;
      }
    }
    wave = sent;
    rest = later;
  }

  private CompletableFuture<Void> sendOne(OutboxRow row) {
    ProducerRecord<byte[], byte[]> record;
    try {
      record = row.toRecord();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new SerializationException("The stored row makes no record: " + e.getMessage(), e));
    }
    try {
      return sender.send(record);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Waits until each row of the wave is acknowledged or has failed; false if that takes longer. */
  boolean await(Duration atMost) throws InterruptedException {
    CompletableFuture<?>[] all =
        wave.stream().map(Sent::acknowledged).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true; // the outcome tells which, and why
    } catch (TimeoutException e) {
      return false;
    }
  }

  /**
   * What became of the settled wave. The batch sends no further row of a key whose row was refused,
   * and none at all after a failure.
   */
  Outcome outcome() {
    List<Long> acknowledged = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    Set<OrderKey> refusedKeys = new HashSet<>();
    Throwable failure = null;
    for (Sent sent : wave) {
      String refusal = sent.refusal();
      if (refusal != null) {
        refused.add(new Refused(sent.row(), refusal));
        sent.row().orderKey().ifPresent(refusedKeys::add);
      } else if (!sent.hasFailed()) {
        acknowledged.add(sent.row().id());
      } else if (failure == null) {
        failure = sent.failure();
      }
    }
    wave = List.of();
    rest =
        failure != null
            ? List.of()
            : rest.stream()
                .filter(row -> row.orderKey().filter(refusedKeys::contains).isEmpty())
                .toList();
    return new Outcome(acknowledged, refused, failure);
  }

  /** Drops what was not sent yet. What is under way can still be awaited. */
  void sendNoMore() {
    rest = List.of();
  }

  private record Sent(OutboxRow row, CompletableFuture<Void> acknowledged) {

    boolean hasFailed() {
      return acknowledged.isCompletedExceptionally();
    }

    @Nullable Throwable failure() {
      return hasFailed() ? acknowledged.exceptionNow() : null;
    }

    /**
     * Why it can never be sent, for the person who looks into it; null if it can.
     *
     * <p>Only what Kafka says about the record itself counts. Everything else (no connection, no
     * leader, no permission, a topic that does not exist yet, and whatever nobody thought of) may
     * pass, and must not take a record out of the order.
     */
    @Nullable String refusal() {
      for (Throwable cause = failure(); cause != null; cause = cause.getCause()) {
        if (SendFailures.concernTheRecord(cause)) {
          return cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
      }
      return null;
    }
  }

  /** A row that can never be sent, and why. */
  record Refused(OutboxRow row, String reason) {}

  /**
   * @param acknowledged rows that all in-sync replicas have
   * @param refused rows that can never be sent
   * @param failure why others were not sent, for a reason that may pass
   */
  record Outcome(List<Long> acknowledged, List<Refused> refused, @Nullable Throwable failure) {}
}
