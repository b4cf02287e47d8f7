package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.Ordering;
import io.eventagents.RejectedEvent;
import io.eventagents.embedded.EmbeddedServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters read, replayed and discarded over HTTP, on a real broker and database. */
@Timeout(120)
class DeadLettersOverHttpTests {

  @EventType("shelf.filled")
  record ShelfFilled(String shelfId, int step) {}

  @EventType("label.printed")
  record LabelPrinted(String shelfId) {}

  /** The shelves that each agent refuses. */
  static final Map<String, Set<String>> rejected = new ConcurrentHashMap<>();

  /** What each agent handled, as {@code agent shelf step}. */
  static final List<String> handled = new CopyOnWriteArrayList<>();

  /** The shelves whose handling takes until the test lets it go on. */
  static final Map<String, CountDownLatch> slow = new ConcurrentHashMap<>();

  private static void handle(String agent, ShelfFilled shelf) {
    CountDownLatch let = slow.get(shelf.shelfId());
    if (let != null) {
      waitFor(let);
    }
    String step = shelf.shelfId() + " " + shelf.step();
    if (rejectedBy(agent).contains(step)) {
      throw new RejectedEvent("no such shelf: " + step);
    }
    handled.add(agent + " " + step);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> rejectedBy(String agent) {
    return rejected.computeIfAbsent(agent, name -> ConcurrentHashMap.newKeySet());
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Function<Event<ShelfFilled>, LabelPrinted> labelling() {
      return event -> {
        handle("labelling", event.data());
        return new LabelPrinted(event.data().shelfId());
      };
    }

    @Bean
    @Agent(effects = Effects.DATABASE, ordering = Ordering.STRICT)
    Consumer<Event<ShelfFilled>> stocktaking(JdbcClient jdbc) {
      return event -> {
        jdbc.sql("INSERT INTO shelves VALUES (?)").param(event.data().shelfId()).update();
        handle("stocktaking", event.data());
      };
    }
  }

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient http = HttpClient.newHttpClient();
  private static Records records;
  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() {
    EmbeddedServers.start();
    records = new Records(EmbeddedServers.kafka().bootstrapServers());
    application =
        OnServers.run(
            Application.class,
            "dead_letters",
            "--server.port=0",
            "--spring.security.user.name=olga",
            "--spring.security.user.password=secret",
            "--event-agents.topics.partitions=2");
    application.getBean(JdbcClient.class).sql("CREATE TABLE shelves (shelf_id text)").update();
  }

  @AfterAll
  static void stop() {
    application.close();
    records.close();
    http.close();
  }

  @Test
  void aReplayReachesTheFailedAgentOnlyAndIsConfirmedWhenItIsHandled() {
    String shelf = shelf();
    rejectedBy("labelling").add(shelf + " 1");
    rejectedBy("stocktaking").add(shelf + " 1");
    fill(shelf, 1);
    String letter = onlyLetterOf("labelling", shelf).get("id").asString();
    onlyLetterOf("stocktaking", shelf);
    rejected.values().forEach(Set::clear);

    JsonNode outcome =
        post("/dead-letters/labelling/" + letter + "/replay", "{\"why\": \"built\"}");

    assertThat(outcome.get("requested").asInt()).isEqualTo(1);
    ConsumerRecord<byte[], byte[]> told = told(shelf, "delivery.replayed", 1).getFirst();
    JsonNode event = JSON.readTree(told.value());
    assertThat(handled).contains("labelling " + shelf + " 1");
    assertThat(handled).doesNotContain("stocktaking " + shelf + " 1");
    assertThat(event.get("data").get("agent").asString()).isEqualTo("labelling");
    assertThat(event.get("data").get("event_id").asString()).isEqualTo("e-" + shelf + "-1");
    assertThat(event.get("data").get("requested_by").asString()).isEqualTo("olga");
    assertThat(event.get("data").get("why").asString()).isEqualTo("built");
    assertThat(event.get("metadata").get("correlation_id").asString()).isEqualTo("req-" + shelf);
    assertThat(event.get("metadata").get("causation_id").asString())
        .isEqualTo(failedEventId(shelf, "labelling"));
    assertThat(states("labelling", shelf)).containsExactly("replayed");
    assertThat(states("stocktaking", shelf)).containsExactly("open");
    assertThat(records.matching("label-events", record -> is(record, shelf), 1)).hasSize(1);
  }

  @Test
  void aReplayIsConfirmedNoSoonerThanItIsHandled() {
    String shelf = shelf();
    rejectedBy("labelling").add(shelf + " 1");
    fill(shelf, 1);
    String letter = onlyLetterOf("labelling", shelf).get("id").asString();
    rejectedBy("labelling").clear();
    CountDownLatch handling = new CountDownLatch(1);
    slow.put(shelf, handling);

    try {
      post("/dead-letters/labelling/" + letter + "/replay", "{}");

      assertThat(states("labelling", shelf)).containsExactly("replaying");
      assertThat(told(shelf, "delivery.replayed", 0)).isEmpty();
    } finally {
      handling.countDown(); // or the next test would wait for it too
    }
    told(shelf, "delivery.replayed", 1);
    assertThat(handled).contains("labelling " + shelf + " 1");
    assertThat(states("labelling", shelf)).containsExactly("replayed");
  }

  @Test
  void replayingTwiceDoesNoHarm() {
    String shelf = shelf();
    rejectedBy("stocktaking").add(shelf + " 1");
    fill(shelf, 1);
    String letter = onlyLetterOf("stocktaking", shelf).get("id").asString();
    rejectedBy("stocktaking").clear();

    post("/dead-letters/stocktaking/" + letter + "/replay", "{}");
    post("/dead-letters/stocktaking/" + letter + "/replay", "{}");
    told(shelf, "delivery.replayed", 1);
    JsonNode third = post("/dead-letters/stocktaking/" + letter + "/replay", "");

    assertThat(third.get("settled_before").asInt()).isEqualTo(1);
    assertThat(third.get("requested").asInt()).isZero();
    assertThat(handled.stream().filter(("stocktaking " + shelf + " 1")::equals)).hasSize(1);
    assertThat(
            told(shelf, "delivery.replayed", 1).stream()
                .map(record -> header(record, "event_id"))
                .distinct())
        .hasSize(1);
  }

  @Test
  void manyAreCountedByADryRunAndReplayedByTheSameFilter() {
    String one = shelf();
    String other = shelf();
    for (String shelf : List.of(one, other)) {
      rejectedBy("labelling").add(shelf + " 1");
      fill(shelf, 1);
      onlyLetterOf("labelling", shelf);
    }
    rejectedBy("labelling").clear();
    String body =
        """
        {"agent": "labelling", "event_type": "shelf.filled", "reason": "NO SUCH SHELF: %s", "from": "2020-01-01T00:00:00Z",
         "to": "2120-01-01T00:00:00Z", "why": "found", "dry_run": %s}\
        """;

    JsonNode counted = post("/dead-letters/replay", body.formatted(one, true));
    JsonNode done = post("/dead-letters/replay", body.formatted(one, false));

    assertThat(counted.get("matched").asInt()).isEqualTo(1);
    assertThat(counted.get("requested").asInt()).isZero();
    assertThat(counted.get("by_agent").get("labelling").asInt()).isEqualTo(1);
    assertThat(done.get("requested").asInt()).isEqualTo(1);
    told(one, "delivery.replayed", 1);
    assertThat(states("labelling", other)).containsExactly("open");
  }

  @Test
  void aDiscardIsFinalAndTold() {
    String shelf = shelf();
    rejectedBy("labelling").add(shelf + " 1");
    fill(shelf, 1);
    String letter = onlyLetterOf("labelling", shelf).get("id").asString();

    JsonNode outcome =
        post("/dead-letters/labelling/" + letter + "/discard", "{\"why\": \"a test\"}");

    assertThat(outcome.get("discarded").asInt()).isEqualTo(1);
    JsonNode event = JSON.readTree(told(shelf, "delivery.discarded", 1).getFirst().value());
    assertThat(event.get("data").get("requested_by").asString()).isEqualTo("olga");
    assertThat(states("labelling", shelf)).containsExactly("discarded");
    assertThat(handled).doesNotContain("labelling " + shelf + " 1");
  }

  @Test
  void theChainThatAFailureOpenedTellsOfItsDiscardToo() {
    String shelf = shelf();
    records.send(
        "shelf-events",
        shelf,
        """
        {"event_type": "shelf.filled", "data": "none"}\
        """);
    String letter = onlyLetterOf("labelling", shelf).get("id").asString();
    told(shelf, "delivery.failed", 2);
    String failed = failedEventId(shelf, "labelling");

    post("/dead-letters/labelling/" + letter + "/discard", "{}");

    JsonNode event = JSON.readTree(told(shelf, "delivery.discarded", 1).getFirst().value());
    assertThat(event.get("metadata").get("causation_id").asString()).isEqualTo(failed);
    assertThat(event.get("metadata").get("correlation_id").asString()).isEqualTo(failed);
  }

  @ParameterizedTest
  @CsvSource({"replay, delivery.replayed", "discard, delivery.discarded"})
  void laterEventsOfTheKeyWaitForTheDecision(String decision, String told) {
    String shelf = shelf();
    rejectedBy("stocktaking").add(shelf + " 1");
    fill(shelf, 1);
    fill(shelf, 2);
    fill(shelf, 3);
    JsonNode letter = onlyLetterOf("stocktaking", shelf);
    assertThat(letter.get("holds_key").asBoolean()).isTrue();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> handled.contains("labelling " + shelf + " 3"));
    rejectedBy("stocktaking").clear();

    post("/dead-letters/stocktaking/" + letter.get("id").asString() + "/" + decision, "{}");
    told(shelf, told, 1);
    fill(shelf, 4);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> handled.contains("stocktaking " + shelf + " 4"));
    List<String> handledOfShelf =
        handled.stream().filter(one -> one.startsWith("stocktaking " + shelf)).toList();
    List<String> waited =
        List.of("stocktaking %s 2", "stocktaking %s 3", "stocktaking %s 4").stream()
            .map(text -> text.formatted(shelf))
            .toList();
    if (decision.equals("replay")) {
      assertThat(handledOfShelf)
          .startsWith("stocktaking " + shelf + " 1")
          .endsWith(waited.toArray(String[]::new))
          .hasSize(4);
    } else {
      assertThat(handledOfShelf).isEqualTo(waited);
    }
  }

  @Test
  void aLetterIsShownWithAllThatIsKnownOfIt() {
    String shelf = shelf();
    rejectedBy("labelling").add(shelf + " 1");
    fill(shelf, 1);
    String id = onlyLetterOf("labelling", shelf).get("id").asString();

    JsonNode letter = get("/dead-letters/labelling/" + id);

    assertThat(letter.get("event_id").asString()).isEqualTo("e-" + shelf + "-1");
    assertThat(letter.get("correlation_id").asString()).isEqualTo("req-" + shelf);
    assertThat(letter.get("reason").asString()).contains("no such shelf");
    assertThat(letter.get("attempts").asInt()).isEqualTo(1);
    assertThat(letter.get("topic").asString()).isEqualTo("shelf-events");
    assertThat(letter.get("content").get("value").asString()).contains("\"step\": 1");
    assertThat(get("/dead-letters/summary?agent=labelling").get("groups").toString())
        .contains("no such shelf: " + shelf);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /dead-letters/replay           | {"dryrun": true, "agent": "labelling"} | 400 | dryrun
          POST | /dead-letters/replay           | {}                                     | 400 | Name the dead letters
          POST | /dead-letters/discard          |                                        | 400 | Name the dead letters
          POST | /dead-letters/replay           | {"agent": 1}                           | 400 | agent must be text
          POST | /dead-letters/replay           | {"agent": "a", "state": ["lost"]}      | 400 | failed_again
          POST | /dead-letters/replay           | no JSON                                | 400 | JSON
          POST | /dead-letters/replay           | {"agent": "a", "agent": "b"}           | 400 | more than once
          POST | /dead-letters/replay           | {"agent": "a", "state": "open"}        | 400 | state must be a list
          POST | /dead-letters/replay           | {"agent": "a", "state": [null]}        | 400 | state must be text
          POST | /dead-letters/replay           | {"agent": "a", "from": 1736951400}     | 400 | from must be a time
          POST | /dead-letters/nobody/0-0/replay| {}                                     | 404 | no dead letter
          GET  | /dead-letters/labelling/0-999999|                                       | 404 | no dead letter
          GET  | /dead-letters/labelling/x      |                                        | 404 | no dead letter
          GET  | /dead-letters?limit=0          |                                        | 400 | limit
          GET  | /dead-letters?to=9999-12-31T23:59:59-18:00|                             | 400 | 2030-01-15T14:30:00Z
          POST | /dead-letters/replay          | {"to": "+10000-01-01T00:00:00Z"}       | 400 | 2030-01-15T14:30:00Z
          GET  | /dead-letters?from=yesterday   |                                        | 400 | 2030-01-15T14:30:00Z
          GET  | /dead-letters?state=lost       |                                        | 400 | state
          GET  | /outbox/parked?limit=0         |                                        | 400 | limit
          GET  | /outbox/parked?from=yesterday  |                                        | 400 | 2030-01-15T14:30:00Z
          POST | /outbox/parked/release         |                                        | 400 | topic, reason, from and to
          POST | /outbox/parked/discard         | {"dry_run": true}                      | 400 | topic, reason, from and to
          POST | /outbox/parked/discard         | {"topic": "t", "dryrun": true}         | 400 | dry_run
          POST | /outbox/parked/release         | {"to": "+10000-01-01T00:00:00Z"}       | 400 | 2030-01-15T14:30:00Z
          """)
  void whatCannotBeAnsweredSaysWhatToDo(
      String method, String path, String body, int status, String says) {
    HttpResponse<String> response = send(method, path, body == null ? "" : body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(says);
  }

  @ParameterizedTest
  @CsvSource({"release, 2", "discard, 0"})
  void manyParkedRecordsOfTheOutboxAreReleasedOrDiscardedAtOnce(String decision, int sent) {
    String value = "bulk " + decision;
    long first = parked("shelf-events", value, "Too large: 3 MB");
    parked("shelf-events", value, "too LARGE");
    held("shelf-events", value, first);
    long elsewhere = parked("other-events", value, "too large");
    long other = parked("shelf-events", value, "unknown");
    String filter =
        """
        {"topic": "shelf-events", "reason": "too large", "from": "2025-01-15T14:00:00Z", "dry_run": %s}
        """;
    JsonNode listed = get("/outbox/parked?reason=TOO%20large&topic=shelf-events").get("parked");

    JsonNode counted = post("/outbox/parked/" + decision, filter.formatted(true));
    assertThat(get("/outbox/parked").get("parked")).hasSize(4);
    JsonNode done = post("/outbox/parked/" + decision, filter.formatted(false));
    JsonNode again = post("/outbox/parked/" + decision, filter.formatted(false));
    JsonNode left = get("/outbox/parked").get("parked");
    send("POST", "/outbox/parked/" + other + "/discard", "");
    send("POST", "/outbox/parked/" + elsewhere + "/discard", "");

    assertThat(listed).hasSize(2);
    assertThat(counted.get("dry_run").asBoolean()).isTrue();
    assertThat(counted.get("matched").asInt()).isEqualTo(2);
    assertThat(counted.get("released").asInt() + counted.get("discarded").asInt()).isZero();
    assertThat(done.get("matched").asInt()).isEqualTo(2);
    assertThat(done.get("released").asInt()).isEqualTo(sent);
    assertThat(done.get("discarded").asInt()).isEqualTo(2 - sent);
    assertThat(again.get("matched").asInt()).isZero();
    assertThat(left)
        .extracting(parked -> parked.get("id").asLong())
        .containsExactlyInAnyOrder(elsewhere, other);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        records.matching(
                            "shelf-events",
                            record -> new String(record.value(), UTF_8).equals(value),
                            0))
                    .hasSize(sent + 1));
  }

  private static long parked(String topic, String value, String reason) {
    return application
        .getBean(JdbcClient.class)
        .sql(
            """
            INSERT INTO event_agents.outbox (topic, record_key, headers, value, parked_at, parked_reason)
            VALUES (?, convert_to(?, 'UTF8'), '', convert_to(?, 'UTF8'), now(), ?) RETURNING id
            """)
        .params(topic, value + reason, value, reason)
        .query(Long.class)
        .single();
  }

  private static void held(String topic, String value, long by) {
    application
        .getBean(JdbcClient.class)
        .sql(
            """
            INSERT INTO event_agents.outbox (topic, record_key, headers, value, held_by)
            VALUES (?, convert_to(?, 'UTF8'), '', convert_to(?, 'UTF8'), ?)
            """)
        .params(topic, "held by " + by, value, by)
        .update();
  }

  @ParameterizedTest
  @CsvSource({"release, 1", "discard, 0"})
  void aParkedRecordOfTheOutboxIsReleasedOrDiscarded(String decision, int sent) {
    JdbcClient jdbc = application.getBean(JdbcClient.class);
    long id =
        jdbc.sql(
                """
                INSERT INTO event_agents.outbox (topic, record_key, headers, value, parked_at, parked_reason)
                VALUES ('shelf-events', 'k', '', convert_to(?, 'UTF8'), now(), 'too large') RETURNING id
                """)
            .param(decision)
            .query(Long.class)
            .single();
    JsonNode parked = get("/outbox/parked").get("parked").get(0);

    HttpResponse<String> done = send("POST", "/outbox/parked/" + id + "/" + decision, "");
    HttpResponse<String> again = send("POST", "/outbox/parked/" + id + "/" + decision, "");

    assertThat(parked.get("id").asLong()).isEqualTo(id);
    assertThat(parked.get("reason").asString()).isEqualTo("too large");
    assertThat(done.statusCode()).isEqualTo(204);
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(get("/outbox/parked").get("parked")).isEmpty();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        records.matching(
                            "shelf-events",
                            record ->
                                is(record, "k")
                                    && new String(record.value(), UTF_8).equals(decision),
                            0))
                    .hasSize(sent));
  }

  @Test
  void nobodyWithoutCredentialsSeesOrReplaysLetters() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/dead-letters/replay"))
            .POST(BodyPublishers.ofString("{\"agent\": \"labelling\"}"))
            .build();

    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }

  private static String shelf() {
    return "shelf-" + UUID.randomUUID();
  }

  private static void fill(String shelf, int step) {
    records.send(
        "shelf-events",
        shelf,
        """
        {"event_id": "e-%1$s-%2$d", "event_type": "shelf.filled", "data": {"shelf_id": "%1$s", "step": %2$d},
         "metadata": {"correlation_id": "req-%1$s"}}\
        """
            .formatted(shelf, step));
  }

  /** Waits for it. */
  private static JsonNode onlyLetterOf(String agent, String shelf) {
    String path = "/dead-letters?state=all&limit=1000&agent=" + agent;
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                get(path)
                    .get("dead_letters")
                    .valueStream()
                    .filter(letter -> letter.path("key").asString("").equals(shelf))
                    .toList(),
            letters -> letters.size() == 1)
        .getFirst();
  }

  private static List<String> states(String agent, String shelf) {
    return get("/dead-letters?state=all&limit=1000&agent=" + agent)
        .get("dead_letters")
        .valueStream()
        .filter(letter -> letter.path("key").asString("").equals(shelf))
        .map(letter -> letter.get("state").asString())
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> told(
      String shelf, String eventType, int count) {
    return records.matching(
        "delivery-events",
        record -> is(record, shelf) && header(record, "event_type").equals(eventType),
        count);
  }

  private static String failedEventId(String shelf, String agent) {
    return told(shelf, "delivery.failed", 1).stream()
        .filter(record -> header(record, "source").equals(agent))
        .map(record -> header(record, "event_id"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean is(ConsumerRecord<byte[], byte[]> record, String key) {
    return record.key() != null && new String(record.key(), UTF_8).equals(key);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static JsonNode get(String path) {
    return JSON.readTree(send("GET", path, "").body());
  }

  private static JsonNode post(String path, String body) {
    HttpResponse<String> response = send("POST", path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static URI uri(String path) {
    String port = application.getEnvironment().getProperty("local.server.port");
    return URI.create("http://localhost:" + port + path);
  }

  private static HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("olga:secret".getBytes(UTF_8)))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
