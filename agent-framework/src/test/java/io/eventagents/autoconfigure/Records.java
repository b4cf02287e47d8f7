package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Plain clients of the broker, like a program in another language. */
final class Records implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Object> consumer;

  Records(String bootstrapServers) {
    this(Map.of("bootstrap.servers", bootstrapServers));
  }

  Records(Map<String, Object> client) {
    producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    consumer = new HashMap<>(client);
    consumer.put("auto.offset.reset", "earliest");
  }

  /** Waits until the topic exists. */
  void awaitTopic(String topic) {
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      await().atMost(PATIENCE).until(() -> reader.listTopics().containsKey(topic));
    }
  }

  void send(String topic, String key, String value) {
    send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void sendWithoutWaiting(String topic, String key, String value) {
    var unused =
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
  }

  /** Waits until the topic holds this many records that match, and returns all that do. */
  List<ConsumerRecord<byte[], byte[]>> matching(
      String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted, int count) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          reader.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                reader
                    .poll(Duration.ofMillis(100))
                    .forEach(
                        record -> {
                          if (wanted.test(record)) {
                            read.add(record);
                          }
                        });
                return read.size() >= count
                    && ends.entrySet().stream()
                        .allMatch(end -> reader.position(end.getKey()) >= end.getValue());
              });
    }
    return read;
  }

  @Override
  public void close() {
    producer.close();
  }
}
