package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The peers of the audit agent: a consumer that does nothing but commit, and a simple loop that
 * parses each record, appends it to a file and commits it. The loop does not wait for the disk.
 */
final class AuditPeer {

  static final String NOTHING = "nothing";
  static final String LOOP = "loop";

  private AuditPeer() {}

  static ChildJvm start(String what, String brokers, String topic, String group, Path file)
      throws IOException {
    return ChildJvm.start(AuditPeer.class, what, brokers, topic, group, file.toString());
  }

  public static void main(String[] arguments) throws Exception {
    Thread thread = Thread.ofPlatform().daemon().start(() -> run(arguments));
    ChildJvm.serve("", thread::interrupt);
  }

  private static void run(String[] arguments) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            arguments[1],
            "group.id",
            arguments[3],
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed",
            "max.poll.records",
            5000);
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        OutputStream file =
            Files.newOutputStream(
                Path.of(arguments[4]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      consumer.subscribe(List.of(arguments[2]));
      while (!Thread.currentThread().isInterrupted()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
        if (arguments[0].equals(LOOP)) {
          append(consumer, records, file);
        } else if (!records.isEmpty()) {
          consumer.commitAsync();
        }
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(
      KafkaConsumer<byte[], byte[]> consumer,
      ConsumerRecords<byte[], byte[]> records,
      OutputStream file)
      throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      JsonNode event = JsonMapper.shared().readTree(record.value());
      file.write(JsonMapper.shared().writeValueAsBytes(event));
      file.write('\n');
      consumer.commitSync(
          Map.of(
              new TopicPartition(record.topic(), record.partition()),
              new OffsetAndMetadata(record.offset() + 1)));
    }
  }
}
