package io.eventagents.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the reference event, with an id of its own each time and the headers that our applications
 * write.
 */
final class ReferenceEvents implements AutoCloseable {

  private static final String EVENT_ID = "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d";
  private static final String TASK_ID = "task-123";

  private final String template = template();
  private final int tasks;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * @param tasks how many different keys
   */
  ReferenceEvents(String bootstrapServers, int tasks) {
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
                262144),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes this many, all stored when it returns. */
  void write(String topic, int events) {
    for (int n = 0; n < events; n++) {
      String taskId = "task-" + n % tasks;
      String eventId = UUID.randomUUID().toString();
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic,
              taskId.getBytes(UTF_8),
              template.replace(EVENT_ID, eventId).replace(TASK_ID, taskId).getBytes(UTF_8));
      record
          .headers()
          .add("event_id", eventId.getBytes(UTF_8))
          .add("event_type", "task.created".getBytes(UTF_8))
          .add("correlation_id", "req-abc-123".getBytes(UTF_8))
          .add("causation_id", "api-call-789".getBytes(UTF_8))
          .add("source", "task-api".getBytes(UTF_8));
      producer.send(
          record,
          (metadata, failure) -> {
            if (failure != null) {
              throw new IllegalStateException("The broker did not take an event", failure);
            }
          });
    }
    producer.flush();
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
