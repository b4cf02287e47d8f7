package io.eventagents.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.resource.ResourceType.CLUSTER;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
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
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** A topic of events that the audit may see and not read. */
@Timeout(240)
class ForbiddenTopicTest {

  private static final String USER = "audit";
  private static final String PASSWORD = "right";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path directory;

  @Test
  void isNamedWhileAllOthersAreLoggedAndIsLoggedOnceItMayBeRead() throws Exception {
    EmbeddedServers.start();
    try (GuardedKafka kafka = GuardedKafka.start()) {
      kafka.user(USER, PASSWORD);
      kafka.allow(USER, TOPIC, "*", ALL);
      kafka.allow(USER, GROUP, "*", ALL);
      kafka.allow(USER, CLUSTER, "kafka-cluster", ALL);
      create(kafka, "parcel-events");
      try (ConfigurableApplicationContext audit = start(kafka);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  kafka.administrator(), new ByteArraySerializer(), new ByteArraySerializer())) {
        send(producer, "parcel-events", "first");
        awaitLogged("first");
        kafka.deny(USER, TOPIC, "secret-events", READ);
        create(kafka, "secret-events");
        send(producer, "secret-events", "secret");

        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(agents(audit).getDetails().toString())
                      .contains("audit-log", "may_not_read", "secret-events");
                  assertThat(agents(audit).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                });
        send(producer, "parcel-events", "second");
        create(kafka, "later-events");
        send(producer, "later-events", "third");
        awaitLogged("second", "third");
        assertThat(log()).doesNotContain("\"secret\"");

        kafka.denyNoMore(USER, TOPIC, "secret-events", READ);

        awaitLogged("secret");
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(agents(audit).getStatus()).isEqualTo(Status.UP));
        assertThat(log()).doesNotContain("\"gap\"");
      }
    }
  }

  private ConfigurableApplicationContext start(GuardedKafka kafka) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--audit.directory=" + directory.resolve("log"),
                "--spring.datasource.url="
                    + EmbeddedServers.postgreSql().createDatabase("forbidden_topic"),
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

  private static Health agents(ConfigurableApplicationContext audit) {
    Health health = audit.getBean("agentsHealthIndicator", HealthIndicator.class).health(true);
    assertThat(health).isNotNull();
    return health;
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
