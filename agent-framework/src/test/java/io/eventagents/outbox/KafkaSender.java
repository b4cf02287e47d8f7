package io.eventagents.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.send.RecordSender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer as the relay needs it, which remembers what it was asked to send. */
final class KafkaSender implements RecordSender, AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  KafkaSender(EmbeddedKafka kafka) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "acks",
                "all",
                "enable.idempotence",
                true,
                "delivery.timeout.ms",
                Integer.MAX_VALUE,
                "max.block.ms",
                1000,
                "reconnect.backoff.max.ms",
                500,
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    try {
      asked.add(new String(record.value(), UTF_8));
      var unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  acknowledged.complete(null);
                } else {
                  acknowledged.completeExceptionally(failure);
                }
              });
    } catch (KafkaException e) {
      acknowledged.completeExceptionally(e);
    }
    return acknowledged;
  }

  /** The values that were given to {@link #send}, repeats included. */
  List<String> asked() {
    return asked;
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ZERO);
  }
}
