package io.eventagents.orchestrator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** The events that an ordinary consumer reads from the topic. */
final class TaskEvents implements AutoCloseable {

  private final KafkaConsumer<String, String> consumer;
  private final List<ConsumerRecord<String, String>> seen = new ArrayList<>();

  TaskEvents(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "task-events-of-a-test",
                "auto.offset.reset",
                "earliest",
                "metadata.max.age.ms",
                500),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of("task-events"));
  }

  /** The types of all events of a task, in order, as soon as that many exist. */
  List<String> await(String taskId, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInSameThread() // a consumer is for one thread
        .pollInterval(Duration.ZERO)
        .until(() -> poll(taskId).size() >= count);
    return poll(taskId);
  }

  private List<String> poll(String taskId) {
    consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
    return seen.stream()
        .filter(record -> taskId.equals(record.key()))
        .map(record -> record.headers().lastHeader("event_type").value())
        .map(type -> new String(type, StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
