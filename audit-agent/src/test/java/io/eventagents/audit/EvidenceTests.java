package io.eventagents.audit;

import static io.eventagents.audit.Records.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.test.AgentTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.binding.BindingsLifecycleController.State;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as evidence of what a real broker does. */
@AgentTest(
    properties = {
      "spring.cloud.stream.kafka.bindings.auditLog-in-0.consumer.configuration.metadata.max.age.ms=300",
      "audit.checkpoints.interval=1s",
      "management.endpoint.health.show-details=always"
    })
class EvidenceTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String GAP = "\"gap\":{\"from\":%d,\"to\":%d,\"because\":\"%s\"}";

  @TempDir static Path path;

  @Autowired AuditLog log;
  @Autowired MeterRegistry meters;
  @Autowired BindingsLifecycleController bindings;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("audit.directory", () -> path);
  }

  @Test
  void namesTheMarksOfTransactions() throws Exception {
    createTopic("transacted-events", Map.of());
    try (var producer = producer(Map.of("transactional.id", "evidence-tests"))) {
      producer.initTransactions();
      producer.beginTransaction();
      var first = producer.send(record("transacted-events", "a"));
      var second = producer.send(record("transacted-events", "b"));
      producer.commitTransaction();
      assertThat(first).isDone();
      assertThat(second).isDone();
      producer.beginTransaction();
      producer.send(record("transacted-events", "a")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      var last = producer.send(record("transacted-events", "a"));
      producer.commitTransaction();
      assertThat(last).isDone();
    }

    // Behind a mark at the end no group ever arrives, which other tests would wait for.
    send("transacted-events", "a");

    await().until(() -> lines("transacted-events").size() == 4);
    assertThat(lines("transacted-events").get(1)).doesNotContain("\"gap\"");
    // A mark, an aborted record and its mark.
    assertThat(lines("transacted-events").get(2)).contains(GAP.formatted(2, 4, "transactions"));
  }

  @Test
  void namesWhatTheBrokerCompacted() throws Exception {
    createTopic(
        "compacted-events",
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "50",
            "min.cleanable.dirty.ratio", "0.001"));
    hastenCompaction();
    bindings.changeState("auditLog-in-0", State.STOPPED);
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                send("compacted-events", "same");
                List<Long> there = offsets("compacted-events");
                return there.getFirst() > 0;
              });
    } finally {
      bindings.changeState("auditLog-in-0", State.STARTED);
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> !lines("compacted-events").isEmpty());
    assertThat(lines("compacted-events").getFirst())
        .containsPattern("\"gap\":\\{\"from\":0,\"to\":\\d+,\"because\":\"compaction\"}");
  }

  @Test
  void namesWhatTheBrokerDeletedBeforeItWasRead() throws Exception {
    createTopic("retained-events", Map.of());
    send("retained-events", "a");
    await().until(() -> lines("retained-events").size() == 1);
    double lostBefore = meters.counter("audit.log.lost").count();
    bindings.changeState("auditLog-in-0", State.STOPPED);
    for (int i = 0; i < 3; i++) {
      send("retained-events", "a");
    }
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition("retained-events", 0), RecordsToDelete.beforeOffset(3)))
          .all()
          .get();
    }
    bindings.changeState("auditLog-in-0", State.STARTED);

    await().atMost(Duration.ofSeconds(20)).until(() -> lines("retained-events").size() == 2);
    assertThat(lines("retained-events").get(1)).contains(GAP.formatted(1, 2, "retention"));
    // Counted a moment after the line is on disk.
    await().until(() -> meters.counter("audit.log.lost").count() - lostBefore == 2);
    JsonNode complete = verified().get("complete");
    assertThat(complete.get("holds").asBoolean()).isFalse();
    assertThat(complete.get("first").toString())
        .contains("2 records of retained-events-0 at offsets 1 to 2 of retained-events-0");
    // The log says so itself: no reason to call the agent down.
    assertThat(health().at("/components/audit/status").asString()).isEqualTo("UP");
  }

  @Test
  void noticesARecreatedTopic() throws Exception {
    createTopic("reborn-events", Map.of());
    send("reborn-events", "a");
    await().until(() -> lines("reborn-events").size() == 1);
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of("reborn-events")).all().get();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> !isAssigned("reborn-events"));
    createTopic("reborn-events", Map.of());
    send("reborn-events", "a");

    await().atMost(Duration.ofSeconds(30)).until(() -> lines("reborn-events").size() == 2);
    assertThat(lines("reborn-events").get(1)).doesNotContain("\"gap\"");
    assertThat(verified().get("notes").toString())
        .contains("The topic reborn-events was made again: its ids are [");
  }

  @Test
  void publishesItsCheckpointsToATopicThatKeepsThem() throws Exception {
    createTopic("published-events", Map.of());
    send("published-events", "a");
    await().until(() -> lines("published-events").size() == 1);
    String id = Files.readString(path.resolve("log.id")).strip();

    await()
        .until(
            () ->
                checkpoints().stream()
                    .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(id))
                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .anyMatch(
                        note ->
                            note.startsWith("event-agents/audit-log/" + id + "\n")
                                && note.contains("\n\n\u2014 event-agents/audit-log/" + id + " ")));
    await().until(() -> meters.get("audit.checkpoints.unpublished").gauge().value() == 0);
    try (Admin admin = admin()) {
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "audit-checkpoints");
      Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      assertThat(config).isNotNull();
      assertThat(config.get("retention.ms").value()).isEqualTo("-1");
      assertThat(
              admin
                  .describeTopics(List.of("audit-checkpoints"))
                  .allTopicNames()
                  .get()
                  .get("audit-checkpoints"))
          .extracting(description -> description.partitions().size())
          .isEqualTo(1);
    }
  }

  @Test
  void answersWhatTheLogIsAndWhetherItHolds() throws Exception {
    createTopic("answered-events", Map.of());
    send("answered-events", "a");
    await().until(() -> lines("answered-events").size() == 1);
    await()
        .until(() -> !JSON.readTree(get("/audit/verification").body()).get("checkpoint").isNull());

    JsonNode answer = JSON.readTree(get("/audit/verification").body());

    assertThat(answer.propertyNames())
        .containsExactly("log", "checkpoint", "not_signed_because", "running", "last", "failure");
    assertThat(answer.at("/log/lines").asLong()).isPositive();
    assertThat(answer.at("/log/chain").asString()).matches("[0-9a-f]{64}");
    assertThat(answer.at("/checkpoint/key").asString())
        .isEqualTo(Files.readString(path.resolve("signing-key.pub")).strip());
    JsonNode verified = verified();
    assertThat(verified.at("/unchanged/holds").asBoolean()).isTrue();
    assertThat(verified.at("/extent/lines").asLong())
        .isGreaterThanOrEqualTo(answer.at("/log/lines").asLong());
    assertThat(verified.get("notes").toString()).contains("Notes of this log on the topic");
  }

  @Test
  void tellsWhatWasErasedFromWhatWasAltered() throws Exception {
    createTopic("erased-events", Map.of());
    try (var producer = producer(Map.of())) {
      for (int i = 0; i < 5; i++) {
        producer
            .send(
                new ProducerRecord<>(
                    "erased-events",
                    utf8("a"),
                    utf8(
                        "{\"event_id\":\"erased-%d\",\"event_type\":\"erased.done\",\"data\":{\"who\":\"%s\"}}"
                            .formatted(i, i % 2 == 0 ? "nobody-else" : "another"))))
            .get();
      }
    }
    await().until(() -> lines("erased-events").size() == 5);
    HttpResponse<String> requested =
        http.send(
            HttpRequest.newBuilder(uri("/audit/erasures"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"subject\":{\"who\":\"nobody-else\"},\"reason\":\"asked\",\"whole_chains\":false}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(requested.statusCode()).isEqualTo(202);
    String id = JSON.readTree(requested.body()).get("id").asString();

    JsonNode duringIt = verified();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> lines("erasure-events").toString().contains("erasure.completed"));
    JsonNode afterwards = verified();

    assertThat(duringIt.at("/unchanged/holds").asBoolean()).isTrue();
    assertThat(afterwards.at("/unchanged/holds").asBoolean()).isTrue();
    assertThat(afterwards.get("erased_lines").asInt()).isEqualTo(3);
    assertThat(lines("erased-events").toString()).contains("\"erased\":\"" + id + "\"");
    // The index follows the erasure too.
    assertThat(afterwards.at("/index/holds").asBoolean()).isTrue();
  }

  @Test
  void isDownIfTheLogWasChanged() throws Exception {
    createTopic("changed-events", Map.of());
    send("changed-events", "a");
    await().until(() -> lines("changed-events").size() == 1);
    assertThat(verified().at("/unchanged/holds").asBoolean()).isTrue();
    Path file = path.resolve(Objects.requireNonNull(log.end().get()).file());
    int place = Files.readString(file).indexOf("\"topic\":\"") + "\"topic\":".length() + 1;
    byte before = Files.readAllBytes(file)[place];
    put(file, place, (byte) (before + 1));
    try {
      JsonNode changed = verified();

      assertThat(changed.at("/unchanged/holds").asBoolean()).isFalse();
      assertThat(changed.at("/unchanged/first/0/line").asInt()).isEqualTo(1);
      assertThat(health().at("/components/audit/status").asString()).isEqualTo("DOWN");
      assertThat(meters.get("audit.verification.changes").gauge().value()).isPositive();
    } finally {
      put(file, place, before);
    }
    assertThat(verified().at("/unchanged/holds").asBoolean()).isTrue();
    assertThat(health().at("/components/audit/status").asString()).isEqualTo("UP");
  }

  @Test
  void isDownIfTheLogCannotBeVerified() throws Exception {
    Path id = path.resolve("log.id");
    Path away = path.resolve("log.id.away");
    Files.move(id, away);
    try {
      verify();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> health().at("/components/audit/details/failure").isString());

      assertThat(health().at("/components/audit/status").asString()).isEqualTo("DOWN");
    } finally {
      Files.move(away, id);
    }
    verify();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> health().at("/components/audit/status").asString().equals("UP"));
  }

  /** The result of a verification that begins now. */
  private JsonNode verified() throws Exception {
    String before = finishedAt();
    verify();
    await().atMost(Duration.ofSeconds(20)).until(() -> !finishedAt().equals(before));
    return JSON.readTree(get("/audit/verification").body()).get("last");
  }

  /** Asks for one. */
  private void verify() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/audit/verification"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(202);
  }

  private String finishedAt() throws Exception {
    JsonNode answer = JSON.readTree(get("/audit/verification").body());
    assertThat(answer.get("failure").isNull()).isTrue();
    return answer.at("/last/finished_at").asString("never");
  }

  private JsonNode health() throws Exception {
    return JSON.readTree(get("/actuator/health").body());
  }

  private HttpResponse<String> get(String resource) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(resource)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String resource) {
    return URI.create("http://127.0.0.1:" + port + resource);
  }

  private static void put(Path file, long place, byte value) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {value}), place);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key) {
    return new ProducerRecord<>(topic, utf8(key), utf8("{\"event_type\":\"a.done\"}"));
  }

  private static void send(String topic, String key) throws Exception {
    try (var producer = producer(Map.of())) {
      producer.send(record(topic, key)).get();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void createTopic(String topic, Map<String, String> configuration)
      throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configuration)))
          .all()
          .get();
    }
  }

  private static void hastenCompaction() throws Exception {
    Collection<AlterConfigOp> soon =
        List.of(
            new AlterConfigOp(
                new ConfigEntry("log.cleaner.backoff.ms", "100"), AlterConfigOp.OpType.SET));
    try (Admin admin = admin()) {
      admin
          .incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.BROKER, ""), soon))
          .all()
          .get();
    }
  }

  private static boolean isAssigned(String topic) throws Exception {
    try (Admin admin = admin()) {
      return admin.describeConsumerGroups(List.of("audit-log")).all().get().values().stream()
          .flatMap(group -> group.members().stream())
          .flatMap(member -> member.assignment().topicPartitions().stream())
          .anyMatch(partition -> partition.topic().equals(topic));
    }
  }

  private static List<Long> offsets(String topic) {
    return read(topic).stream().map(ConsumerRecord::offset).toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> checkpoints() {
    return read("audit-checkpoints");
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static List<String> lines(String topic) throws IOException {
    List<String> lines = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "audit-*.jsonl")) {
      for (Path file : files) {
        String text = Files.readString(file);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
          if (line.contains("\"topic\":\"" + topic + "\"")) {
            lines.add(line);
          }
        }
      }
    }
    return lines;
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()));
  }
}
