package io.eventagents.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.embedded.EmbeddedServers;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A record of 200 MB in a batch of some kilobytes, and the audit agent in a small heap. */
@Timeout(240)
class UnreadableRecordTests {

  private static final String TOPIC = "parcel-events";

  @TempDir private Path directory;

  @Test
  void holdsItsPartitionAloneAndTheGapSaysThatItWasSkipped() throws Exception {
    EmbeddedServers.start();
    String database = EmbeddedServers.postgreSql().createDatabase("unreadable_record");
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().start();
        KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
      }
      send(producer, 0, "{\"n\":\"before\"}".getBytes(UTF_8));
      send(producer, 0, new byte[200_000_000]);
      send(producer, 0, "{\"n\":\"behind\"}".getBytes(UTF_8));
      send(producer, 1, "{\"n\":\"beside\"}".getBytes(UTF_8));

      Process agent = start(kafka, database);
      try {
        awaitLogged("\"before\"", "\"beside\"");
        awaitSaid("audit-log cannot read the record at " + TOPIC + "-0@1 and waits there");
        send(producer, 1, "{\"n\":\"beside-later\"}".getBytes(UTF_8));
        awaitLogged("\"beside-later\"");

        assertThat(log()).doesNotContain("\"behind\"", "\"gap\"");
      } finally {
        agent.destroyForcibly().waitFor();
      }
      Process skipping = start(kafka, database, "--event-agents.skip=" + TOPIC + "-0@1");
      try {
        awaitLogged("\"behind\"");

        assertThat(log()).contains("\"gap\":{\"from\":1,\"to\":1,\"because\":\"skipped\"}");
      } finally {
        skipping.destroyForcibly().waitFor();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "compression.type",
            "zstd",
            "buffer.memory",
            500_000_000L,
            "max.request.size",
            300_000_000),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, int partition, byte[] value)
      throws Exception {
    producer.send(new ProducerRecord<>(TOPIC, partition, null, value)).get();
  }

  private Process start(EmbeddedKafka kafka, String database, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AuditAgentApplication.class.getName(),
                "--server.port=0",
                "--audit.directory=" + directory.resolve("log"),
                "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
                "--spring.datasource.password=" + EmbeddedServers.postgreSql().password()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output()))
        .start();
  }

  private File output() {
    return directory.resolve("output").toFile();
  }

  private void awaitLogged(String... texts) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(log()).as(said()).contains(texts));
  }

  private void awaitSaid(String text) {
    await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(said()).contains(text));
  }

  private String said() throws IOException {
    return Files.readString(output().toPath());
  }

  private String log() throws IOException {
    if (!Files.exists(directory.resolve("log"))) {
      return "";
    }
    try (Stream<Path> files = Files.list(directory.resolve("log"))) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(UnreadableRecordTests::text)
          .reduce("", String::concat);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
