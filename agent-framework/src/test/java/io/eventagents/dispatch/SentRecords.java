package io.eventagents.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.send.RecordSender;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keeps what is sent and acknowledges it when the test says so. */
final class SentRecords implements RecordSender {

  final List<ProducerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();
  private Function<ProducerRecord<byte[], byte[]>, CompletableFuture<Void>> acknowledgement =
      record -> CompletableFuture.completedFuture(null);

  void acknowledge(
      Function<ProducerRecord<byte[], byte[]>, CompletableFuture<Void>> acknowledgement) {
    this.acknowledgement = acknowledgement;
  }

  /** Fails the records whose value contains this text. */
  void fail(String text, Exception failure) {
    acknowledge(
        record ->
            new String(record.value(), UTF_8).contains(text)
                ? CompletableFuture.failedFuture(failure)
                : CompletableFuture.completedFuture(null));
  }

  List<String> values() {
    return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    records.add(record);
    return acknowledgement.apply(record);
  }
}
