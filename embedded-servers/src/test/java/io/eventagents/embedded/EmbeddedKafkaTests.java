package io.eventagents.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTests {

  @Test
  void keepsTopicsAndRecordsAcrossAnOutageAndARestart(@TempDir Path directory) throws Exception {
    String address;
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDirectory(directory).start()) {
      address = kafka.bootstrapServers();
      createTopic(kafka, "letters");
      produce(kafka, "letters", "a");
      kafka.stop();
      kafka.start();
      produce(kafka, "letters", "b");

      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      assertThat(consume(kafka, "letters", 2)).containsExactly("a", "b");
    }
    try (EmbeddedKafka again = EmbeddedKafka.builder().dataDirectory(directory).start()) {
      assertThat(consume(again, "letters", 2)).containsExactly("a", "b");
    }
  }

  @Test
  void formatsTheDirectoryOfTheMetadataToo(@TempDir Path directory) throws Exception {
    Path metadata = directory.resolve("metadata");
    try (EmbeddedKafka kafka =
        EmbeddedKafka.builder()
            .dataDirectory(directory.resolve("records"))
            .setting("metadata.log.dir", metadata.toString())
            .start()) {
      createTopic(kafka, "orders");

      assertThat(metadata.resolve("meta.properties")).exists();
    }
  }

  @Test
  void aDirectoryThatIsAddedBelongsToTheSameCluster(@TempDir Path directory) throws Exception {
    Path first = directory.resolve("first");
    Path added = directory.resolve("added");
    EmbeddedKafka.builder().dataDirectory(first).start().close();

    try (EmbeddedKafka kafka =
        EmbeddedKafka.builder()
            .dataDirectory(first)
            .setting("log.dirs", first + "," + added)
            .start()) {
      createTopic(kafka, "orders");

      assertThat(cluster(added)).isEqualTo(cluster(first));
    }
  }

  private static String cluster(Path directory) throws IOException {
    return Files.readAllLines(directory.resolve("meta.properties")).stream()
        .filter(line -> line.startsWith("cluster.id="))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void deletesTemporaryDataWhenClosedAndCreatesNoTopicsAutomatically() {
    EmbeddedKafka kafka = EmbeddedKafka.builder().start();
    try (kafka) {
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(() -> produce(kafka, "nobody-made-me", "a"))
          .withCauseInstanceOf(TimeoutException.class);
    }

    assertThat(kafka.dataDirectory()).doesNotExist();
    assertThat(kafka.isRunning()).isFalse();
  }

  @Test
  void doesNotLetKafkaHaltTheProcess() {
    HostProcessGuard.install();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Exit.halt(1, "disk full"))
        .withMessageContaining("disk full");
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Exit.exit(1));
  }

  private static void createTopic(EmbeddedKafka kafka, String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static void produce(EmbeddedKafka kafka, String topic, String value)
      throws ExecutionException, InterruptedException {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 2000);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  private static List<String> consume(EmbeddedKafka kafka, String topic, int expected) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            "readers",
            "enable.auto.commit",
            "false",
            "auto.offset.reset",
            "earliest",
            "fetch.min.bytes",
            1,
            "max.poll.records",
            expected);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      return StreamSupport.stream(consumer.poll(Duration.ofSeconds(20)).spliterator(), false)
          .map(ConsumerRecord::value)
          .toList();
    }
  }
}
