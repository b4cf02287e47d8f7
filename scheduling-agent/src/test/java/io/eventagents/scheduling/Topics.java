package io.eventagents.scheduling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The topics, as a program in another language writes and reads them. */
final class Topics {

  /** A record of a topic. */
  record Received(String key, JsonNode event) {

    String type() {
      return event.get("event_type").asString();
    }

    String id() {
      return event.get("event_id").asString();
    }

    JsonNode data() {
      return event.get("data");
    }

    JsonNode metadata() {
      return event.get("metadata");
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String bootstrapServers;

  Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  void write(String topic, String key, String event) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, key, event)).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the topic holds this many that match, and returns all that do. */
  List<Received> await(String topic, int count, Predicate<Received> matches) {
    List<Received> read = new ArrayList<>();
    try (KafkaConsumer<String, String> reader =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          reader.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<String, String> record : reader.poll(Duration.ofMillis(100))) {
                  Received received = new Received(record.key(), JSON.readTree(record.value()));
                  if (matches.test(received)) {
                    read.add(received);
                  }
                }
                return read.size() >= count;
              });
    }
    return read;
  }
}
