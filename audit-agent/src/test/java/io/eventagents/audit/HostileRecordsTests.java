package io.eventagents.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.test.AgentTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records that are made to overwhelm a reader, among others, on a real broker. */
@AgentTest(
    properties = {
      "spring.cloud.stream.kafka.bindings.auditLog-in-0.consumer.configuration.metadata.max.age.ms=300",
      // Other tests have an audit agent at the same broker, and read what they log.
      "spring.cloud.stream.bindings.auditLog-in-0.destination=hostile-.*|erasure-events",
      "spring.cloud.stream.bindings.auditLog-in-0.group=audit-log-hostile",
      "management.endpoint.health.show-details=always"
    })
class HostileRecordsTests {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir static Path path;

  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("audit.directory", () -> path);
  }

  @Test
  void indexesAndShowsAllOfThemAndEverythingAround() throws Exception {
    String topicId = createTopic("hostile-records");
    refuseInDatabase();
    List<String> sent = new ArrayList<>();
    sent.add(ordinary("first"));
    sent.add(withData("{\"abcdefgh\":".repeat(60_000) + "\"down\"" + "}".repeat(60_000)));
    sent.add(
        withData("{\"owner_id\":\"mallory\",\"a\":" + "[".repeat(500) + "]".repeat(500) + "}"));
    sent.add("{\"event_type\":\"hostile.done\",\"data\":" + "[{\"\":".repeat(50_000));
    sent.add("[".repeat(900_000));
    sent.add(withData("{\"n\":" + "9".repeat(900_000) + "}"));
    sent.add(withData("{\"" + "n".repeat(400_000) + "\":[" + "1,".repeat(200_000) + "2]}"));
    sent.add(withData("[".repeat(200) + "1,".repeat(400_000) + "2" + "]".repeat(200)));
    sent.add(withData("{\"refused\":\"by the database\"}"));
    sent.add(ordinary("last"));

    send("hostile-records", sent);

    await().atMost(PATIENCE).until(() -> indexed(topicId) == sent.size());
    for (int offset = 0; offset < sent.size(); offset++) {
      String page = "/records/" + topicId + "/0/" + offset;
      assertThat(get(page).statusCode()).as("page of offset %d", offset).isEqualTo(200);
      assertThat(get(page).body()).contains("The payload matches its digest");
      assertThat(get(page + "/content").body()).as("content of %d", offset).isNotEmpty();
    }
    assertThat(get("/records/" + topicId + "/0/8").body())
        .contains("Not indexed in full: the database refuses it (SQLSTATE 54001)");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(get("/evidence").body())
                    .contains(
                        "1 record is not indexed in full",
                        "href=\"/records/" + topicId + "/0/8\"",
                        "hostile-records/0@8"));
    JsonNode health = json("/actuator/health").path("components").path("audit");
    assertThat(health.path("status").asString()).isEqualTo("UP");
    assertThat(health.path("details").path("partially_indexed").asInt()).isEqualTo(1);
  }

  @Test
  void findsExportsErasesAndVerifiesThem() throws Exception {
    String chain = "chain-" + UUID.randomUUID();
    String owner = "owner-" + UUID.randomUUID();
    createTopic("hostile-erased");
    String deep =
        "{\"abcdefgh\":".repeat(60_000) + "{\"owner_id\":\"" + owner + "\"}" + "}".repeat(60_000);
    send(
        "hostile-erased",
        List.of(event(chain, deep), event(chain, "{\"owner_id\":\"" + owner + "\"}")));

    await()
        .atMost(PATIENCE)
        .until(() -> json("/audit/events?field=owner_id&value=" + owner).get("events").size() == 2);
    assertThat(get("/chains/" + chain).statusCode()).isEqualTo(200);
    assertThat(json("/audit/chains/" + chain).get("events")).hasSize(2);
    assertThat(get("/audit/chains/" + chain + "?format=jsonl").body().lines()).hasSize(2);
    assertThat(JSON.readTree(get("/audit/chains/" + chain + "?format=json").body())).isNotEmpty();
    assertThat(get("/audit/events?topic=hostile-erased&format=jsonl").body()).contains(chain);
    String erasure =
        JSON.readTree(
                post(
                        "/audit/erasures",
                        "{\"subject\":{\"owner_id\":\"%s\"},\"reason\":\"asked\"}".formatted(owner))
                    .body())
            .get("id")
            .asString();
    await()
        .atMost(PATIENCE)
        .until(
            () -> json("/audit/erasures/" + erasure).path("state").asString().equals("completed"));
    assertThat(json("/audit/erasures/" + erasure).path("erased").path("records").asInt())
        .isEqualTo(2);
    // The event that proves it is logged soon.
    post("/audit/verification", "");
    await()
        .atMost(PATIENCE)
        .until(() -> json("/audit/verification").path("last").path("erased_lines").asInt() >= 2);
    JsonNode verified = json("/audit/verification").get("last");
    assertThat(verified.get("unchanged").get("holds").asBoolean()).isTrue();
    assertThat(verified.get("index").get("holds").asBoolean()).isTrue();
  }

  private static String ordinary(String id) {
    return "{\"event_id\":\"%s-%s\",\"event_type\":\"hostile.done\",\"data\":{\"n\":1}}"
        .formatted(id, UUID.randomUUID());
  }

  private static String withData(String data) {
    return event("chain-of-hostile", data);
  }

  private static String event(String chain, String data) {
    return """
    {"event_id":"%s","event_type":"hostile.done","metadata":{"correlation_id":"%s"},"data":%s}"""
        .formatted(UUID.randomUUID(), chain, data);
  }

  /** As it would for one of its own limits. */
  private void refuseInDatabase() {
    jdbc.sql(
            """
            create or replace function audit.refuse() returns trigger language plpgsql as $$ begin
              raise exception 'stack depth limit exceeded' using errcode = '54001'; end $$""")
        .update();
    jdbc.sql(
            """
            create trigger refusing before insert on audit.records for each row
            when (new.data like '{"refused"%') execute function audit.refuse()""")
        .update();
  }

  private long indexed(String topicId) {
    Uuid id = Uuid.fromString(topicId);
    return jdbc.sql("select count(*) from audit.records where topic_id = ?")
        .param(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()))
        .query(Long.class)
        .single();
  }

  private static String createTopic(String topic) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      return Objects.requireNonNull(
              admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
          .topicId()
          .toString();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()));
  }

  private static void send(String topic, List<String> values) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, null, value.getBytes(UTF_8))).get();
      }
    }
  }

  private JsonNode json(String address) throws Exception {
    return JSON.readTree(get(address).body());
  }

  private HttpResponse<String> get(String address) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(address)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String address, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(address))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String address) {
    return URI.create("http://127.0.0.1:" + port + address);
  }
}
