package io.eventagents.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.embedded.EmbeddedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Audit agents with a directory each, on the real broker and the real disk. */
@SuppressWarnings("try") // closed before its end
class TwoAuditsTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static String database;

  @TempDir Path temporary;

  @BeforeAll
  static void servers() {
    EmbeddedServers.start();
    database = EmbeddedServers.postgreSql().createDatabase("two_audits");
  }

  @Test
  void theSecondDoesNotStartBesideTheFirstNorAfterItsRestart() throws Exception {
    createTopic("twin-events");
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    try (var begun = audit(first)) {
      send("twin-events", 8);
      await().atMost(PATIENCE).until(() -> lines(first, "twin-events").size() == 8);
      assertThat(health(begun).getDetails()).doesNotContainKey("not_alone_because");

      try (var waiting = audit(second)) {
        await()
            .atMost(PATIENCE)
            .until(() -> health(waiting).getDetails().containsKey("not_alone_because"));
        assertThat(health(waiting).getStatus()).isEqualTo(Status.DOWN);
        assertThat(health(waiting).getDetails().toString())
            .contains("the log " + Files.readString(first.resolve("log.id")).strip());
        send("twin-events", 8);
        await().atMost(PATIENCE).until(() -> lines(first, "twin-events").size() == 16);
        assertThat(clients()).allMatch(client -> client.startsWith("audit-log-" + id(first)));

        begun.close();
        try (var again = audit(first)) {
          send("twin-events", 4);
          await().atMost(PATIENCE).until(() -> lines(first, "twin-events").size() == 20);
          assertThat(health(again).getDetails()).doesNotContainKey("not_alone_because");
        }
        assertThat(lines(second, "twin-events")).isEmpty();
      }
    }

    try (var alone = audit(second)) {
      await().atMost(PATIENCE).until(() -> lines(second, "twin-events").size() == 20);
      assertThat(health(alone).getDetails()).doesNotContainKey("not_alone_because");
    }
  }

  @Test
  void logsAgainFromTheBrokerWhatAnotherProgramRemoved() throws Exception {
    createTopic("removed-events");
    createTopic("quiet-events");
    Path path = temporary.resolve("log");
    try (var audit = audit(path)) {
      send("quiet-events", 5);
      send("removed-events", 9);
      await().atMost(PATIENCE).until(() -> lines(path, "removed-events").size() == 9);
      await().atMost(PATIENCE).until(() -> lines(path, "quiet-events").size() == 5);
      AuditLog log = audit.getBean(AuditLog.class);
      Path file = path.resolve(Objects.requireNonNull(log.end().get()).file());
      List<String> kept =
          Files.readAllLines(file).stream()
              .filter(line -> !line.contains("removed-events") && !line.contains("quiet-events"))
              .toList();
      Files.write(file, kept);

      send("removed-events", 1);

      await().atMost(PATIENCE).until(() -> lines(path, "removed-events").size() == 10);
      await().atMost(PATIENCE).until(() -> lines(path, "quiet-events").size() == 5);
      assertThat(log.foreignChange()).isEmpty();
    }
    List<String> lines = new ArrayList<>(lines(path, "removed-events"));
    lines.addAll(lines(path, "quiet-events"));
    assertThat(lines).noneMatch(line -> line.contains("\"gap\""));
    assertThat(lines.stream().map(TwoAuditsTests::place)).doesNotHaveDuplicates();
  }

  private ConfigurableApplicationContext audit(Path directory) {
    var server = EmbeddedServers.postgreSql();
    return new SpringApplicationBuilder(AuditAgentApplication.class)
        .run(
            "--server.port=0",
            "--spring.application.name=audit-agent",
            "--event-agents.database.schema=audit",
            "--audit.directory=" + directory,
            "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers(),
            "--spring.datasource.url=" + database,
            "--spring.datasource.username=" + server.username(),
            "--spring.datasource.password=" + server.password(),
            "--spring.datasource.hikari.maximum-pool-size=4",
            "--spring.cloud.stream.kafka.bindings.auditLog-in-0.consumer.configuration"
                + ".metadata.max.age.ms=500");
  }

  private static Health health(ConfigurableApplicationContext audit) {
    return Objects.requireNonNull(
        audit.getBean("auditHealthIndicator", HealthIndicator.class).health());
  }

  private static String id(Path directory) {
    try {
      return Files.readString(directory.resolve("log.id")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> clients() throws Exception {
    try (Admin admin = admin()) {
      return Objects.requireNonNull(
              admin.describeConsumerGroups(List.of("audit-log")).all().get().get("audit-log"))
          .members()
          .stream()
          .map(MemberDescription::clientId)
          .toList();
    }
  }

  private static void createTopic(String topic) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 4, (short) 1))).all().get();
    }
  }

  private static void send(String topic, int records) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        producer
            .send(
                new ProducerRecord<>(
                    topic, i % 4, Records.utf8("key"), Records.utf8("{\"event_type\":\"a.done\"}")))
            .get();
      }
    }
  }

  private static String place(String line) {
    return line.replaceFirst(
        ".*\"topic\":\"([^\"]*)\".*?(\"partition\":\\d+,\"offset\":\\d+).*", "$1 $2");
  }

  private static List<String> lines(Path path, String topic) throws IOException {
    List<String> lines = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "audit-*.jsonl")) {
      for (Path file : files) {
        String text = Files.readString(file);
        text.substring(0, text.lastIndexOf('\n') + 1)
            .lines()
            .filter(line -> line.contains("\"topic\":\"" + topic + "\""))
            .forEach(lines::add);
      }
    }
    return lines;
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()));
  }
}
