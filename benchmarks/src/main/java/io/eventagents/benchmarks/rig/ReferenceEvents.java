package io.eventagents.benchmarks.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes copies of the reference event, each with a new id and the headers that our applications
 * write. All events of a round are written in one transaction, so that readers of committed records
 * see none of them until all are stored.
 */
public final class ReferenceEvents implements AutoCloseable {

  private static final String EVENT_ID = "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d";
  private static final String TASK_ID = "task-123";
  private static final String DATA_END = ", \"priority\": 2 }";

  private final String template = template();
  private final int tasks;
  private final KafkaProducer<byte[], byte[]> producer;
  private String eventType = "task.created";
  private int size;

  /**
   * @param tasks the number of different keys
   */
  public ReferenceEvents(String bootstrapServers, int tasks) {
    this.tasks = tasks;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "linger.ms",
                5,
                "batch.size",
                262144,
                "transactional.id",
                "reference-events"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Writes events of this type from now on. */
  public ReferenceEvents type(String eventType) {
    this.eventType = eventType;
    return this;
  }

  /** Writes events of about this many bytes from now on, padded by a field that no reader uses. */
  public ReferenceEvents size(int bytes) {
    this.size = bytes;
    return this;
  }

  /**
   * Writes this many events.
   *
   * @return when readers could see them
   * @throws IllegalStateException if the broker refused one
   */
  public Instant write(String topic, int events) {
    String text = template.replace("task.created", eventType);
    if (size > text.length()) {
      text =
          text.replace(
              DATA_END,
              ", \"description\": \"" + "x".repeat(size - text.length() - 19) + '"' + DATA_END);
    }
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    producer.beginTransaction();
    for (int n = 0; n < events; n++) {
      String taskId = "task-" + n % tasks;
      String eventId = UUID.randomUUID().toString();
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic,
              taskId.getBytes(UTF_8),
              text.replace(EVENT_ID, eventId).replace(TASK_ID, taskId).getBytes(UTF_8));
      record
          .headers()
          .add("event_id", eventId.getBytes(UTF_8))
          .add("correlation_id", "req-abc-123".getBytes(UTF_8))
          .add("causation_id", "api-call-789".getBytes(UTF_8))
          .add("source", "task-api".getBytes(UTF_8))
          .add("event_type", eventType.getBytes(UTF_8));
      var unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure != null) {
                  failed.compareAndSet(null, failure);
                }
              });
    }
    producer.flush();
    if (failed.get() != null) {
      throw new IllegalStateException("The broker refused an event", failed.get());
    }
    Instant released = Instant.now();
    producer.commitTransaction();
    return released;
  }

  private static String template() {
    try (InputStream in =
        Objects.requireNonNull(
            ReferenceEvents.class.getResourceAsStream("/task.created.json"), "task.created.json")) {
      return new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
