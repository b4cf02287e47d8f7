package io.eventagents.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.embedded.GuardedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The audit agent with a broker, a database and a directory of its own, and a user with rights. */
final class GuardedAudit implements AutoCloseable {

  static final String USER = "audit";
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String PASSWORD = "right";

  private final Path directory;
  private final GuardedKafka kafka = GuardedKafka.start();
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          kafka.administrator(), new ByteArraySerializer(), new ByteArraySerializer());
  private final String database;

  /**
   * @param directory of the log
   * @param name of the database
   */
  GuardedAudit(Path directory, String name) {
    this.directory = directory;
    EmbeddedServers.start();
    database = EmbeddedServers.postgreSql().createDatabase(name);
    kafka.user(USER, PASSWORD);
    kafka.allowEverything(USER);
  }

  GuardedKafka kafka() {
    return kafka;
  }

  /** The configuration of its user's clients. */
  Map<String, Object> login() {
    return kafka.login(USER, PASSWORD);
  }

  /**
   * Starts the agent. The caller closes it.
   *
   * @param more arguments
   */
  ConfigurableApplicationContext start(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--audit.checkpoints.interval=1s",
                "--audit.directory=" + directory,
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
                "--spring.datasource.password=" + EmbeddedServers.postgreSql().password()));
    arguments.addAll(kafka.springArguments(USER, PASSWORD));
    arguments.addAll(List.of(more));
    return SpringApplication.run(AuditAgentApplication.class, arguments.toArray(String[]::new));
  }

  /** Makes a topic of two partitions. */
  void create(String topic) throws Exception {
    kafka.admin().createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
  }

  /** Publishes a record with this name. */
  void send(String topic, String name) throws Exception {
    producer.send(new ProducerRecord<>(topic, ("{\"n\":\"" + name + "\"}").getBytes(UTF_8))).get();
  }

  void awaitLogged(String... names) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(log())
                    .contains(Stream.of(names).map(name -> "\"" + name + "\"").toList()));
  }

  /** All lines. */
  String log() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      all.append(Files.readString(file));
    }
    return all.toString();
  }

  /** The file that is written to. */
  Path file() throws IOException {
    return files().getLast();
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  @Override
  public void close() {
    producer.close();
    kafka.close();
  }
}
