package io.eventagents.audit;

import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.event;
import static io.eventagents.audit.Records.headers;
import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.Records.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.test.AgentTest;
import io.eventagents.test.Chains;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AgentTest(
    properties =
        "spring.cloud.stream.kafka.bindings.auditLog-in-0.consumer.configuration.metadata.max.age.ms=300")
class AuditAgentTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AtomicLong NEXT_OFFSET = new AtomicLong();

  @TempDir static Path path;

  @Autowired Chains chains;
  @Autowired AuditLog log;
  @Autowired JdbcClient jdbc;
  @Autowired BindingsLifecycleController bindings;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("audit.directory", () -> path);
  }

  @Test
  void logsWhatOtherProgramsWriteToAnyTopicOfEvents() throws Exception {
    createTopic("wire-events");
    send("wire-events", wire("task.created.json"));
    send("wire-events", wire("not-json.txt"));
    send("wire-events", wire("no-event-id.json"));
    send("wire-events", null);
    send("wire-events", wire("task.completed.no-metadata.json"));
    createTopic("no-events-here");
    send("no-events-here", wire("order.placed.json"));

    await().until(() -> lines("wire-events").size() == 5);
    assertThat(lines("wire-events"))
        .extracting(line -> line.get("offset").asInt())
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(lines("wire-events"))
        .extracting(line -> line.path("event").path("event_type").asString("none"))
        .containsExactly("task.created", "none", "task.created", "none", "task.completed");
    assertThat(lines("wire-events").getFirst().get("topic_id").asString())
        .isEqualTo(topicId("wire-events").toString());
    assertThat(lines("no-events-here")).isEmpty();
    await().until(() -> get("/audit/chains/req-abc-123").statusCode() == 200);
    await()
        .until(() -> get("/audit/chains/0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11").statusCode() == 200);
  }

  @Test
  void logsATopicThatAppearsLaterFromItsFirstRecord() throws Exception {
    createTopic("later-events");
    send("later-events", wire("order.placed.json"));
    send("later-events", wire("order.placed.json"));

    await().atMost(Duration.ofSeconds(10)).until(() -> lines("later-events").size() == 2);
  }

  @Test
  void logsATopicThatWasDeletedAndRecreated() throws Exception {
    createTopic("again-events");
    for (int i = 0; i < 3; i++) {
      send("again-events", wire("order.placed.json"));
    }
    await().until(() -> lines("again-events").size() == 3);
    String first = topicId("again-events").toString();
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of("again-events")).all().get();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> !isAssigned("again-events"));
    createTopic("again-events");
    send("again-events", wire("order.placed.json"));
    send("again-events", wire("order.placed.json"));

    await().atMost(Duration.ofSeconds(30)).until(() -> lines("again-events").size() == 5);
    assertThat(lines("again-events"))
        .extracting(
            line -> line.get("topic_id").asString().equals(first) + "@" + line.get("offset"))
        .containsExactly("true@0", "true@1", "true@2", "false@0", "false@1");
  }

  @Test
  void goesOnAfterTheLogWhateverWasCommitted() throws Exception {
    createTopic("committed-events");
    send("committed-events", wire("order.placed.json"));
    await().until(() -> lines("committed-events").size() == 1);
    bindings.changeState("auditLog-in-0", BindingsLifecycleController.State.STOPPED);
    await().until(this::forgetCommits);
    send("committed-events", wire("order.placed.json"));
    bindings.changeState("auditLog-in-0", BindingsLifecycleController.State.STARTED);

    await().atMost(Duration.ofSeconds(20)).until(() -> lines("committed-events").size() > 1);
    assertThat(lines("committed-events"))
        .extracting(line -> line.get("offset").asInt())
        .containsExactly(0, 1);
  }

  @Test
  void logsEachRecordOnceAndIndexesIt() throws Exception {
    for (int i = 0; i < 20; i++) {
      chains.publishJson(
          "once-events",
          "key-" + i,
          """
          {"event_id": "once-%d", "event_type": "once.done", "data": {},
           "metadata": {"correlation_id": "req-once", "causation_id": "%s", "source": "shop"}}
          """
              .formatted(i, i == 0 ? "api-1" : "once-" + (i - 1)));
    }
    chains.awaitQuiet();

    assertThat(lines("once-events"))
        .extracting(line -> line.get("event").get("event_id").asString())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 20).mapToObj(i -> "once-" + i).toList());
    await()
        .untilAsserted(
            () ->
                assertThat(texts(JSON.readTree(get("/audit/chains/req-once").body()), "event_id"))
                    .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "once-" + i).toList()));
  }

  @Test
  void answersAChainInCausalOrder() throws Exception {
    accept(
        inChain("c-1", "c1-late", "reminder.scheduled", "c1-root", "2025-01-15T14:30:24Z"),
        inChain("c-1", "c1-early", "notification.sent", "c1-root", "2025-01-15T14:30:23Z"),
        inChain("c-1", "c1-root", "task.created", "api-create-1", "2025-01-15T14:30:25.000001Z"),
        inChain("c-1", "c1-early", "notification.sent", "c1-root", "2025-01-15T14:30:23Z"));

    HttpResponse<String> response = get("/audit/chains/c-1");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    JsonNode chain = JSON.readTree(response.body());
    assertThat(chain.propertyNames()).containsExactly("correlation_id", "events");
    assertThat(chain.get("correlation_id").asString()).isEqualTo("c-1");
    assertThat(texts(chain, "event_id")).containsExactly("c1-root", "c1-early", "c1-late");
    assertThat(texts(chain, "depth")).containsExactly("0", "1", "1");
    assertThat(texts(chain, "occurrences")).containsExactly("1", "2", "1");
    JsonNode root = chain.get("events").get(0);
    assertThat(root.propertyNames())
        .containsExactly(
            "event_id",
            "event_type",
            "source",
            "causation_id",
            "occurred_at",
            "logged_at",
            "topic",
            "partition",
            "offset",
            "depth",
            "occurrences",
            "data");
    assertThat(root.get("occurred_at").asString()).isEqualTo("2025-01-15T14:30:25.000001Z");
    assertThat(root.get("causation_id").asString()).isEqualTo("api-create-1");
    assertThat(root.get("data").get("html").asString()).startsWith("<script>");
  }

  @Test
  void completesAChainWhenAMissingCauseIsLogged() throws Exception {
    accept(inChain("c-2", "c2-child", "a.done", "c2-root", "2025-01-15T14:30:24Z"));
    assertThat(texts(JSON.readTree(get("/audit/chains/c-2").body()), "depth")).containsExactly("0");

    accept(inChain("c-2", "c2-root", "a.done", "call", "2025-01-15T14:30:23Z"));

    assertThat(texts(JSON.readTree(get("/audit/chains/c-2").body()), "depth"))
        .containsExactly("0", "1");
  }

  @ParameterizedTest
  @CsvSource({"/audit/chains/never-seen,never-seen", "/audit/events/never-seen,never-seen"})
  void answersWhatIsUnknownWithAProblem(String path, String named) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(response.body()).get("detail").asString()).contains(named);
  }

  @Test
  void answersAnEventWithEverythingKnownAboutIt() throws Exception {
    accept(
        new ReceivedRecord[] {
          record(
              Records.TASK_EVENTS,
              NEXT_OFFSET.getAndIncrement(),
              utf8("order-9"),
              utf8(
                  new String(wire("order.placed.json"), StandardCharsets.UTF_8)
                      .replace("5f9d0d0e-3c1b-4a44-8a43-0d6c0e5a7e55", "detailed")),
              headers("event_type", "order.placed", "source", "someone-else"))
        });

    JsonNode event = JSON.readTree(get("/audit/events/detailed").body());

    assertThat(event.get("event_type").asString()).isEqualTo("order.placed");
    assertThat(event.get("metadata").toString())
        .isEqualTo(
            """
            {"correlation_id":"req-order-9","causation_id":"api-call-900","source":"order-api",\
            "tenant":"north"}""");
    assertThat(event.get("key").asString()).isEqualTo("order-9");
    assertThat(event.get("headers").toString())
        .isEqualTo("[[\"event_type\",\"order.placed\"],[\"source\",\"someone-else\"]]");
    assertThat(event.get("mismatches").toString())
        .isEqualTo("[{\"field\":\"source\",\"header\":\"someone-else\",\"body\":\"order-api\"}]");
    JsonNode occurrence = event.get("occurrences").get(0);
    assertThat(occurrence.get("topic_id").asString()).isEqualTo(Records.TASK_EVENTS.toString());
    assertThat(occurrence.get("timestamp").asString()).isEqualTo("2025-01-15T14:30:22.456Z");
    assertThat(occurrence.get("file").asString()).matches("audit-\\d{4}-\\d\\d-\\d\\d\\.jsonl");
  }

  @Test
  void pagesThroughEventsTheLatestFirst() throws Exception {
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // Pairs of one time, and each event twice.
      String time = "2024-03-01T10:00:%02dZ".formatted(i / 2);
      records.add(inChain("paged", "p" + i, "paged.done", null, time));
      records.add(inChain("paged", "p" + i, "paged.done", null, time));
    }
    accept(records.toArray(ReceivedRecord[]::new));

    List<String> ids = new ArrayList<>();
    List<String> times = new ArrayList<>();
    String query = "/audit/events?event_type=paged.done&source=web-test&limit=10";
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = JSON.readTree(get(query + cursor).body());
      ids.addAll(texts(page, "event_id"));
      times.addAll(texts(page, "occurred_at"));
      cursor =
          page.get("next_cursor").isNull() ? "" : "&cursor=" + page.get("next_cursor").asString();
      pages++;
    } while (!cursor.isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(ids).hasSize(25).doesNotHaveDuplicates();
    assertThat(times).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void findsEventsByTimeAndChain() throws Exception {
    accept(
        inChain("timed", "t0", "a.done", null, "2023-05-01T10:00:00Z"),
        inChain("timed", "t1", "a.done", null, "2023-05-01T11:00:00Z"),
        inChain("timed", "t2", "a.done", null, "2023-05-01T12:00:00Z"));

    JsonNode page =
        JSON.readTree(
            get("/audit/events?correlation_id=timed&from=2023-05-01T13:00:00%2B02:00"
                    + "&to=2023-05-01T12:00:00Z")
                .body());

    assertThat(texts(page, "event_id")).containsExactly("t1");
    assertThat(page.get("events").get(0).get("correlation_id").asString()).isEqualTo("timed");
  }

  @Test
  void findsRecordsThatHaveNoReadableType() throws Exception {
    accept(record(NEXT_OFFSET.getAndIncrement(), wire("not-json.txt")));

    JsonNode page = JSON.readTree(get("/audit/events?unreadable=true").body());

    assertThat(texts(page, "unreadable")).isNotEmpty().containsOnly("true");
    assertThat(page.get("events").get(0).get("event_id").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "causation_id,found/root",
    "entity,task-123",
    "event_id,found/child",
    "value,Found by this",
    "topic,task-events"
  })
  void findsEventsByEachParameter(String parameter, String value) throws Exception {
    accept(
        found("found/root", "api-find", "{\"text\":\"another\"}"),
        found("found/child", "found/root", "{\"text\":\"Found by this\",\"n\":{\"m\":7}}"));

    JsonNode page =
        JSON.readTree(
            get("/audit/events?correlation_id=found%2Fchain&" + parameter + "=" + encode(value))
                .body());

    assertThat(texts(page, "event_id")).contains("found/child");
  }

  @Test
  void findsEventsByAFieldAndItsValue() throws Exception {
    accept(found("field-1", "api-find", "{\"owner\":{\"id\":\"user-4711\"},\"n\":4711}"));

    assertThat(texts(events("value=user-4711&field=owner.id"), "event_id"))
        .containsExactly("field-1");
    assertThat(texts(events("value=4711&field=id"), "event_id")).isEmpty();
    HttpResponse<String> alone = get("/audit/events?field=owner.id");
    assertThat(alone.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(alone.body()).get("detail").asString())
        .isEqualTo("field must come with a value.");
  }

  @Test
  void answersTheCausesAndEffectsOfAnEvent() throws Exception {
    accept(
        found("kin-root", "api-kin", "{}"),
        found("kin-a", "kin-root", "{}"),
        found("kin/b", "kin-root", "{}"),
        found("kin-c", "kin/b", "{}"));

    assertThat(texts(JSON.readTree(get("/audit/events/kin-root/children").body()), "event_id"))
        .containsExactlyInAnyOrder("kin-a", "kin/b");
    assertThat(texts(JSON.readTree(get("/audit/events/kin-c/ancestors").body()), "event_id"))
        .containsExactly("kin/b", "kin-root");
    assertThat(texts(JSON.readTree(get("/audit/ancestors?event_id=kin%2Fb").body()), "event_id"))
        .containsExactly("kin-root");
    assertThat(texts(JSON.readTree(get("/audit/events/kin-a/children").body()), "event_id"))
        .isEmpty();
    assertThat(get("/audit/events/kin-unknown/children").statusCode()).isEqualTo(404);
    assertThat(get("/audit/events/kin-unknown/ancestors").statusCode()).isEqualTo(404);
  }

  @Test
  void answersAChainPageByPageAndMarksWhatIsMissing() throws Exception {
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 24; i >= 0; i--) {
      String cause = i == 0 ? "not-logged-yet" : "s" + (i - 1);
      records.add(inChain("slashed/chain", "s" + i, "a.done", cause, "2025-01-15T14:30:23Z"));
    }
    accept(records.toArray(ReceivedRecord[]::new));

    List<String> ids = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page =
          JSON.readTree(
              get("/audit/chains?correlation_id=slashed%2Fchain&limit=10" + cursor).body());
      ids.addAll(texts(page, "event_id"));
      if (pages++ == 0) {
        assertThat(page.get("events").get(0).get("missing_parent").asBoolean()).isTrue();
        assertThat(page.get("events").get(1).has("missing_parent")).isFalse();
        assertThat(page.get("truncated").asBoolean()).isTrue();
      }
      cursor = page.has("next_cursor") ? "&cursor=" + page.get("next_cursor").asString() : "";
    } while (!cursor.isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(ids)
        .containsExactlyElementsOf(IntStream.range(0, 25).mapToObj(i -> "s" + i).toList());
    assertThat(get("/audit/chains?correlation_id=slashed%2Fchain&cursor=nonsense").statusCode())
        .isEqualTo(400);
  }

  @Test
  void listsChainsTheLatestFirst() throws Exception {
    accept(
        inChain("listed-1", "li1", "task.created", "api-list", "2999-01-15T14:30:23Z"),
        inChain("listed-2", "li2", "task.created", "api-list", "2999-01-15T14:30:25Z"),
        inChain("listed-1", "li3", "notification.failed", "li1", "2999-01-15T14:30:27Z"));

    JsonNode first = JSON.readTree(get("/audit/chains?limit=1").body());
    JsonNode second =
        JSON.readTree(
            get("/audit/chains?limit=1&cursor=" + first.get("next_cursor").asString()).body());

    assertThat(first.get("chains").get(0).get("correlation_id").asString()).isEqualTo("listed-2");
    JsonNode chain = second.get("chains").get(0);
    assertThat(chain.get("correlation_id").asString()).isEqualTo("listed-1");
    assertThat(chain.get("root").get("event_id").asString()).isEqualTo("li1");
    assertThat(chain.get("entity").asString()).isEqualTo("task-123");
    assertThat(chain.get("sources").get(0).asString()).isEqualTo("web-test");
    assertThat(chain.get("events").asInt()).isEqualTo(2);
    assertThat(chain.get("last_at").asString()).isEqualTo("2999-01-15T14:30:27Z");
    assertThat(chain.get("outcome").asString()).isEqualTo("failed");
    assertThat(chain.get("failures").get(0).get("event_id").asString()).isEqualTo("li3");
    assertThat(first.get("chains").get(0).get("outcome").asString()).isEqualTo("waiting");
    assertThat(first.get("chains").get(0).get("waiting_for").get(0).asString())
        .isEqualTo("notification.sent");
    assertThat(first.get("chains").get(0).get("until").asString())
        .isEqualTo("2999-01-15T14:30:55Z");
    assertThat(get("/audit/chains?limit=201").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/audit/events?owner_id=user-456&limit=1, owner_id",
    "/audit/events?event_typ=task.created, event_typ",
    "/audit/chains?outcome=failed, outcome",
    "/audit/chains?format=jsonl, format",
    "/audit/chains?correlation_id=x&page=2, page",
    "/audit/search?q=x&limit=1, limit",
    "/audit/events?from=2025-01-16T00:00:00Z&to=2025-01-15T00:00:00Z, from"
  })
  void refusesUnknownParameters(String address, String parameter) throws Exception {
    HttpResponse<String> refused = get(address);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(refused.body()).at("/errors/0/field").asString()).isEqualTo(parameter);
  }

  @Test
  void acceptsEveryParameter() throws Exception {
    for (String parameter :
        List.of(
            "event_type",
            "source",
            "correlation_id",
            "causation_id",
            "entity",
            "event_id",
            "topic",
            "value",
            "text",
            "cursor",
            "from",
            "to",
            "unreadable")) {
      assertThat(get("/audit/events?limit=1&" + parameter + "=").statusCode())
          .as(parameter)
          .isEqualTo(200);
    }
  }

  @Test
  void exportsWholeSearchesAndChains() throws Exception {
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 0; i < 2345; i++) {
      String cause = i == 0 ? "api-export" : "x" + (i - 1) / 2;
      records.add(inChain("exported", "x" + i, "export.done", cause, "2025-01-15T14:30:23Z"));
    }
    accept(records.toArray(ReceivedRecord[]::new));

    HttpResponse<String> lines = get("/audit/events?event_type=export.done&format=jsonl");
    HttpResponse<String> chain =
        http.send(
            HttpRequest.newBuilder(uri("/audit/chains/exported"))
                .header("Accept", "application/jsonl")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> json = get("/audit/chains/exported?format=json");

    assertThat(lines.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/jsonl");
    assertThat(
            lines.body().lines().map(JSON::readTree).map(line -> line.get("event_id").asString()))
        .hasSize(2345)
        .doesNotHaveDuplicates();
    JsonNode root = JSON.readTree(chain.body().lines().findFirst().orElseThrow());
    assertThat(chain.body().lines()).hasSize(2345);
    assertThat(root.get("event_id").asString()).isEqualTo("x0");
    assertThat(root.get("depth").asInt()).isZero();
    assertThat(root.get("data").get("html").asString()).startsWith("<script>");
    assertThat(root.get("file").asString()).startsWith("audit-");
    assertThat(root.propertyNames())
        .containsExactly(
            "event_id",
            "event_type",
            "occurred_at",
            "source",
            "correlation_id",
            "causation_id",
            "depth",
            "occurrences",
            "key",
            "data",
            "metadata",
            "headers",
            "topic",
            "topic_id",
            "partition",
            "offset",
            "timestamp",
            "logged_at",
            "payload",
            "file",
            "position",
            "length");
    assertThat(JSON.readTree(json.body()).get("events")).hasSize(2345);
    assertThat(
            JSON.readTree(get("/audit/events?event_type=never.done&format=json").body())
                .get("events"))
        .isEmpty();
    assertThat(get("/audit/events?event_type=never.done&format=jsonl").body()).isEmpty();
    assertThat(get("/audit/events?format=xml").statusCode()).isEqualTo(400);
    assertThat(get("/audit/chains/never-seen?format=jsonl").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/audit/events?causation_id=broken-cause&format=jsonl",
        "/audit/chains/broken?format=json",
        "/audit/chains/broken"
      })
  void breaksOffAnAnswerThatFailsHalfway(String address) throws Exception {
    accept(broken());
    jdbc.sql(
            """
            insert into audit.records (topic_id, topic, partition, "offset", log, file, position, length, logged_at,
              headers, payload, event_id, event_type, source, correlation_id, causation_id, occurred_at, data)
            select topic_id, topic, 99, i, log, file, position, length, logged_at,
              headers, payload, event_id || i, event_type, source, correlation_id, causation_id, occurred_at, data
            from (select * from audit.records where event_id = 'broken-0' limit 1) one, generate_series(1, 4000) i
            """)
        .update();
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(uri(address)).build(),
            HttpResponse.BodyHandlers.ofInputStream());

    // The server waits for its reader before it asks for the next events.
    jdbc.sql("alter table audit.records rename to gone").update();
    try (InputStream body = response.body()) {
      assertThat(response.statusCode()).isEqualTo(200);
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    } finally {
      jdbc.sql("alter table audit.gone rename to records").update();
      jdbc.sql("delete from audit.records where partition = 99").update();
    }
  }

  private static ReceivedRecord broken() {
    return record(
        NEXT_OFFSET.getAndIncrement(),
        """
        {"event_id":"broken-0","event_type":"break.done","data":"%s",\
        "metadata":{"correlation_id":"broken","causation_id":"broken-cause","source":"breaker"}}"""
            .formatted("x".repeat(10_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "sought,chain,/audit/chains?correlation_id=sought",
    "so ught,event,/audit/events?event_id=so%20ught",
    "sought.done,type,/audit/events?event_type=sought.done",
    "web-test,source,/audit/events?source=web-test",
    "seek & find,value,/audit/events?value=seek%20%26%20find",
    "find seek,text,/audit/events?text=find%20seek"
  })
  void saysWhatATermIs(String term, String kind, String href) throws Exception {
    accept(
        record(
            NEXT_OFFSET.getAndIncrement(),
            """
            {"event_id":"so ught","event_type":"sought.done","data":"seek & find",
             "metadata":{"correlation_id":"sought","source":"web-test"}}"""));

    JsonNode found = JSON.readTree(get("/audit/search?q=" + encode(term)).body());

    assertThat(found.get("kind").asString()).isEqualTo(kind);
    assertThat(found.get("href").asString()).isEqualTo(href);
    assertThat(JSON.readTree(get(found.get("href").asString()).body()).get("events")).isNotEmpty();
  }

  @Test
  void saysThatNoEventHasATerm() throws Exception {
    assertThat(get("/audit/search?q=" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(get("/audit/search?q=").statusCode()).isEqualTo(400);
  }

  @Test
  void rebuildsTheIndexWhileItAnswers() throws Exception {
    accept(inChain("again", "again-1", "a.done", "api-again", "2025-01-15T14:30:23Z"));
    jdbc.sql("update audit.records set data = '{}' where event_id = 'again-1'").update();

    HttpResponse<String> begun =
        http.send(
            HttpRequest.newBuilder(uri("/audit/reindex"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(begun.statusCode()).isEqualTo(202);
    await()
        .until(
            () ->
                JSON.readTree(get("/audit/reindex").body()).get("state").asString().equals("done"));
    assertThat(get("/audit/events/again-1").body()).contains("<script>");
  }

  private static ReceivedRecord found(String id, String cause, String data) {
    return record(
        NEXT_OFFSET.getAndIncrement(),
        """
        {"event_id":"%s","event_type":"find.done","data":%s,\
        "metadata":{"correlation_id":"found/chain","causation_id":"%s","source":"web-test"}}"""
            .formatted(id, data, cause));
  }

  private JsonNode events(String query) throws Exception {
    return JSON.readTree(get("/audit/events?" + query).body());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @ParameterizedTest
  @CsvSource({
    "cursor,nonsense",
    "cursor,bm9uc2Vuc2U",
    "from,yesterday",
    "to,2025-01-15",
    "to,+999999999-12-31T23:59:59Z",
    "limit,0",
    "limit,1001",
    "limit,many",
    "unreadable,maybe"
  })
  void namesTheInvalidParameter(String parameter, String value) throws Exception {
    HttpResponse<String> response =
        get("/audit/events?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(parameter);
    assertThat(problem.get("detail").asString()).startsWith(parameter + " must be");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void send(String topic, byte @Nullable [] value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, utf8("key"), value)).get();
    }
  }

  private static void createTopic(String topic) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
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

  private static List<JsonNode> lines(String topic) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "audit-*.jsonl")) {
      for (Path file : files) {
        String text = Files.readString(file);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
          JsonNode json = JSON.readTree(line);
          if (json.path("topic").asString("").equals(topic)) {
            lines.add(json);
          }
        }
      }
    }
    return lines;
  }

  private static Uuid topicId(String topic) throws Exception {
    try (Admin admin = admin()) {
      return Objects.requireNonNull(
              admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
          .topicId();
    }
  }

  /** False while the group still has members. */
  private boolean forgetCommits() throws Exception {
    try (Admin admin = admin()) {
      // Those of other topics would stay forgotten: nothing of them is read again.
      admin
          .deleteConsumerGroupOffsets(
              "audit-log", Set.of(new TopicPartition("committed-events", 0)))
          .all()
          .get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()));
  }

  /** Logs records and waits until they are indexed. */
  private void accept(ReceivedRecord... records) {
    log.accept(batch(records));
    long last = records[records.length - 1].record().offset();
    await()
        .until(
            () ->
                jdbc.sql("select count(*) from audit.records where \"offset\" = ? and topic_id = ?")
                        .param(last)
                        .param(
                            new UUID(
                                Records.TASK_EVENTS.getMostSignificantBits(),
                                Records.TASK_EVENTS.getLeastSignificantBits()))
                        .query(Integer.class)
                        .single()
                    == 1);
  }

  private static ReceivedRecord inChain(
      String chain, String id, String type, @Nullable String cause, String occurredAt) {
    ReceivedRecord template = event(NEXT_OFFSET.getAndIncrement(), id, type, cause, occurredAt);
    String json = new String(template.record().value(), StandardCharsets.UTF_8);
    return record(
        template.record().offset(),
        json.replace("\"req-1\"", '"' + chain + '"')
            .replace("\"source\":\"test\"", "\"source\":\"web-test\"")
            .replace("{\"n\":", "{\"html\":\"<script>alert('x')</script>\",\"n\":"));
  }

  private static List<String> texts(JsonNode answer, String name) {
    return answer.get("events").valueStream().map(event -> event.get(name).asString()).toList();
  }
}
