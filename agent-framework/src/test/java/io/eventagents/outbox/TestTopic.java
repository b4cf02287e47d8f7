package io.eventagents.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A topic of a test's own, with four partitions. */
record TestTopic(EmbeddedKafka kafka, String name) {

  private static final int PARTITIONS = 4;

  static TestTopic create(EmbeddedKafka kafka) {
    return create(kafka, Map.of());
  }

  static TestTopic create(EmbeddedKafka kafka, Map<String, String> settings) {
    TestTopic topic = new TestTopic(kafka, "topic-" + UUID.randomUUID());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      NewTopic made = new NewTopic(topic.name, PARTITIONS, (short) 1).configs(settings);
      admin.createTopics(List.of(made)).all().get();
      return topic;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes a setting of the topic. */
  void set(String setting, String value) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      AlterConfigOp change =
          new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
      admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  ProducerRecord<byte[], byte[]> record(@Nullable String key, String value) {
    return new ProducerRecord<>(
        name, key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  ProducerRecord<byte[], byte[]> record(String key, int bytes) {
    return new ProducerRecord<>(name, key.getBytes(UTF_8), new byte[bytes]);
  }

  /** All records of the topic, in order per partition. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, PARTITIONS).mapToObj(n -> new TopicPartition(name, n)).toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** The values of all records, in order per partition. */
  List<String> values() {
    return records().stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  /** The values of the records of a key, in order. */
  List<String> values(String key) {
    return records().stream()
        .filter(record -> record.key() != null && new String(record.key(), UTF_8).equals(key))
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }
}
