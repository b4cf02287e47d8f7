package io.eventagents.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.resource.ResourceType.CLUSTER;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.embedded.GuardedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A log that loses lines to another program while nobody publishes anything. */
@Timeout(240)
class QuietLogTest {

  private static final String USER = "audit";
  private static final String PASSWORD = "right";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path directory;

  @Test
  void getsThemAgainFromTheBrokerWithoutANewRecord() throws Exception {
    EmbeddedServers.start();
    try (GuardedKafka kafka = GuardedKafka.start()) {
      kafka.user(USER, PASSWORD);
      kafka.allow(USER, TOPIC, "*", ALL);
      kafka.allow(USER, GROUP, "*", ALL);
      kafka.allow(USER, CLUSTER, "kafka-cluster", ALL);
      create(kafka, "parcel-events");
      create(kafka, "letter-events");
      try (ConfigurableApplicationContext audit = start(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  kafka.administrator(), new ByteArraySerializer(), new ByteArraySerializer())) {
        send(producer, "letter-events", "first");
        awaitLogged("first");
        Path file = file();
        byte[] older = Files.readAllBytes(file);
        send(producer, "parcel-events", "second");
        send(producer, "letter-events", "third");
        awaitLogged("second", "third");

        Path other = directory.resolve("other");
        Files.writeString(other, new String(older, UTF_8) + "\"by hand\"\n");
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        awaitLogged("by hand", "first", "second", "third");
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(audit.getBean(AuditLog.class).foreignChange()).isEmpty());
        assertThat(log()).doesNotContain("\"gap\"").containsOnlyOnce("first");
      }
    }
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("log"))) {
      return files
          .filter(path -> path.toString().endsWith(".jsonl"))
          .reduce((one, other) -> other)
          .orElseThrow();
    }
  }

  private ConfigurableApplicationContext start(GuardedKafka kafka) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--audit.checkpoints.interval=1s",
                "--audit.directory=" + directory.resolve("log"),
                "--spring.datasource.url="
                    + EmbeddedServers.postgreSql().createDatabase("quiet_log"),
                "--spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
                "--spring.datasource.password=" + EmbeddedServers.postgreSql().password()));
    kafka
        .login(USER, PASSWORD)
        .forEach(
            (name, value) ->
                arguments.add(
                    name.equals("bootstrap.servers")
                        ? "--spring.kafka.bootstrap-servers=" + value
                        : "--spring.kafka.properties." + name + "=" + value));
    return SpringApplication.run(AuditAgentApplication.class, arguments.toArray(String[]::new));
  }

  private static void create(GuardedKafka kafka, String topic) throws Exception {
    kafka.admin().createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String name)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, ("{\"n\":\"" + name + "\"}").getBytes(UTF_8))).get();
  }

  private void awaitLogged(String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(log())
                    .contains(Stream.of(names).map(name -> "\"" + name + "\"").toList()));
  }

  private String log() throws IOException {
    if (!Files.exists(directory.resolve("log"))) {
      return "";
    }
    try (Stream<Path> files = Files.list(directory.resolve("log"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }
}
