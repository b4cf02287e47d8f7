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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an ordinary consumer sees on the topic. */
final class TaskEvents implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

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

  /** All events of a task, as soon as there are so many. */
  List<ConsumerRecord<String, String>> await(String taskId, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ZERO)
        .until(() -> poll(taskId).size() >= count);
    return poll(taskId);
  }

  private List<ConsumerRecord<String, String>> poll(String taskId) {
    consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
    return seen.stream().filter(record -> taskId.equals(record.key())).toList();
  }

  /** All events of a chain that were seen until now. */
  List<ConsumerRecord<String, String>> seenOf(String correlationId) {
    return seen.stream()
        .filter(record -> header(record, "correlation_id").equals(correlationId))
        .toList();
  }

  static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  static String type(ConsumerRecord<String, String> record) {
    return header(record, "event_type");
  }

  static JsonNode json(ConsumerRecord<String, String> record) {
    return JSON.readTree(record.value());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
