package io.eventagents.benchmarks.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes chains of 8 events whose ids, keys, people and times differ as in a real shop; indexing
 * identical events would be unrealistically fast.
 */
final class ChainEvents implements AutoCloseable {

  static final int OF_A_CHAIN = 8;

  private static final String[] TYPES = {
    "order.placed", "payment.taken", "stock.reserved", "invoice.issued",
    "parcel.packed", "parcel.sent", "parcel.delivered", "order.completed"
  };

  private final SplittableRandom random = new SplittableRandom(1);
  private final KafkaProducer<byte[], byte[]> producer;

  ChainEvents(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "linger.ms", 20,
                "batch.size", 262144),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Writes this many events and returns when the broker has them.
   *
   * @throws IllegalStateException if the broker refused one
   */
  void write(String topic, int events) {
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    String chain = "";
    String cause = "";
    String order = "";
    Instant time = Instant.EPOCH;
    for (int n = 0; n < events; n++) {
      int step = n % OF_A_CHAIN;
      if (step == 0) {
        chain = "req-" + uuid();
        order = "order-" + uuid().substring(0, 13);
        cause = "api-place-" + order;
        time = Instant.now().minus(Duration.ofMillis(random.nextLong(604_800_000L)));
      }
      String id = uuid();
      time = time.plusMillis(random.nextLong(1, 3_600_000));
      var unused =
          producer.send(
              record(topic, TYPES[step], id, order, chain, cause, time),
              (metadata, failure) -> {
                if (failure != null) {
                  failed.compareAndSet(null, failure);
                }
              });
      cause = id;
    }
    producer.flush();
    if (failed.get() != null) {
      throw new IllegalStateException("The broker refused an event", failed.get());
    }
  }

  private ProducerRecord<byte[], byte[]> record(
      String topic,
      String type,
      String id,
      String order,
      String chain,
      String cause,
      Instant time) {
    String source = type.substring(0, type.indexOf('.')) + "-agent";
    String event =
        """
        {"event_id":"%s","event_type":"%s","occurred_at":"%s","data":{"order_id":"%s",\
        "owner_id":"user-%d","email":"customer-%d@mail.example","total":%d.50,\
        "note":"Please leave it with the neighbour"},"metadata":{"correlation_id":"%s",\
        "causation_id":"%s","source":"%s"}}"""
            .formatted(
                id,
                type,
                time,
                order,
                random.nextInt(20_000),
                random.nextInt(20_000),
                random.nextInt(500),
                chain,
                cause,
                source);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, order.getBytes(UTF_8), event.getBytes(UTF_8));
    record
        .headers()
        .add("event_id", id.getBytes(UTF_8))
        .add("correlation_id", chain.getBytes(UTF_8))
        .add("causation_id", cause.getBytes(UTF_8))
        .add("source", source.getBytes(UTF_8))
        .add("event_type", type.getBytes(UTF_8));
    return record;
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  @Override
  public void close() {
    producer.close();
  }
}
