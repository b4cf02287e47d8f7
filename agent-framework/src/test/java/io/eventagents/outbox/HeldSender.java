package io.eventagents.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.send.RecordSender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A broker that acknowledges when the test says so. */
final class HeldSender implements RecordSender {

  private final List<String> sent = new ArrayList<>();
  private final List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();

  @Override
  public synchronized CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    sent.add(new String(record.value(), UTF_8));
    CompletableFuture<Void> acknowledgement = new CompletableFuture<>();
    acknowledgements.add(acknowledgement);
    return acknowledgement;
  }

  /** The values that were sent, in order. */
  synchronized List<String> sent() {
    return List.copyOf(sent);
  }

  /** The nth send, from 0, is acknowledged. */
  synchronized void acknowledge(int n) {
    acknowledgements.get(n).complete(null);
  }

  /** The nth send, from 0, fails. */
  synchronized void fail(int n, Exception failure) {
    acknowledgements.get(n).completeExceptionally(failure);
  }
}
