package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.orchestrator.TaskCommand.CreateTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
    classes = OrchestratorAgentApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OrchestratorAgentTests {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  // Of our own, for the outages.
  private static final EmbeddedKafka KAFKA = EmbeddedKafka.builder().start();
  private static final EmbeddedPostgreSql POSTGRES = EmbeddedPostgreSql.builder().start();

  private static TaskEvents events;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private PlatformTransactionManager transactions;

  @DynamicPropertySource
  static void servers(DynamicPropertyRegistry registry) {
    registry.add("spring.kafka.bootstrap-servers", KAFKA::bootstrapServers);
    registry.add("spring.datasource.url", () -> POSTGRES.createDatabase("orchestrator_agent"));
    registry.add("spring.datasource.username", POSTGRES::username);
    registry.add("spring.datasource.password", POSTGRES::password);
    registry.add("spring.datasource.hikari.connection-timeout", () -> "1000");
  }

  @BeforeAll
  static void listen() {
    events = new TaskEvents(KAFKA.bootstrapServers());
  }

  @AfterAll
  static void close() {
    events.close();
    KAFKA.close();
    POSTGRES.close();
  }

  @Test
  void createsATaskAndTellsOfIt() {
    HttpResponse<String> created =
        post(
            "/tasks",
            "{\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\",\"priority\":2}",
            "req-abc-123");

    assertThat(created.statusCode()).isEqualTo(201);
    String id = json(created).get("id").asString();
    assertThat(created.body()).isEqualTo("{\"id\":\"%s\",\"status\":\"created\"}".formatted(id));
    assertThat(created.headers().firstValue("Location")).hasValue("/tasks/" + id);
    assertThat(created.headers().firstValue("X-Correlation-ID")).hasValue("req-abc-123");
    JsonNode task = json(get("/tasks/" + id));
    assertThat(task.get("title").asString()).isEqualTo("Review quarterly report");
    assertThat(task.get("owner_id").asString()).isEqualTo("user-456");
    assertThat(task.get("priority").asInt()).isEqualTo(2);
    assertThat(task.get("due_at").isNull()).isTrue();
    assertThat(task.get("status").asString()).isEqualTo("created");
    assertThat(task.propertyNames()).contains("created_at", "updated_at");

    ConsumerRecord<String, String> record = events.await(id, 1).get(0);
    JsonNode event = TaskEvents.json(record);
    assertThat(event.get("event_type").asString()).isEqualTo("task.created");
    assertThat(event.get("data").toString())
        .isEqualTo(
            "{\"task_id\":\"%s\",\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\",\"priority\":2}"
                .formatted(id));
    assertThat(event.at("/metadata/correlation_id").asString()).isEqualTo("req-abc-123");
    assertThat(event.at("/metadata/causation_id").asString()).isEqualTo("api-create-" + id);
    assertThat(event.at("/metadata/source").asString()).isEqualTo("orchestrator-agent");
    assertThat(TaskEvents.type(record)).isEqualTo("task.created");
  }

  @Test
  void tellsOfEachChangeOnce() {
    String id =
        created("{\"title\":\"a\",\"owner_id\":\"o\",\"due_at\":\"2999-01-01T00:00:00+01:00\"}");

    assertThat(json(patch(id, "{\"title\":\"b\"}")).get("title").asString()).isEqualTo("b");
    assertThat(patch(id, "{\"title\":\"b\"}").statusCode()).isEqualTo(200);
    assertThat(json(patch(id, "{\"due_at\":null}")).get("due_at").isNull()).isTrue();
    assertThat(json(post("/tasks/" + id + "/complete", "", "c")).get("status").asString())
        .isEqualTo("completed");
    assertThat(post("/tasks/" + id + "/complete", "", "c").statusCode()).isEqualTo(200);
    assertThat(delete(id).statusCode()).isEqualTo(204);
    assertThat(delete(id).statusCode()).isEqualTo(204);

    created("{\"title\":\"after\",\"owner_id\":\"o\"}"); // so that what should not be there had its
    // time
    List<ConsumerRecord<String, String>> told = events.await(id, 5);
    assertThat(told)
        .extracting(TaskEvents::type)
        .containsExactly(
            "task.created", "task.updated", "task.updated", "task.completed", "task.deleted");
    assertThat(told)
        .extracting(record -> TaskEvents.header(record, "causation_id"))
        .containsExactly(
            "api-create-" + id,
            "api-update-" + id,
            "api-update-" + id,
            "api-complete-" + id,
            "api-delete-" + id);
    assertThat(TaskEvents.json(told.get(0)).at("/data/due_at").asString())
        .isEqualTo("2998-12-31T23:00:00Z");
    assertThat(TaskEvents.json(told.get(2)).at("/data").propertyNames()).doesNotContain("due_at");
    assertThat(TaskEvents.json(told.get(4)).at("/data/title").asString()).isEqualTo("b");
  }

  @Test
  void refusesWhatIsNotPossible() {
    String id = created("{\"title\":\"a\",\"owner_id\":\"o\"}");
    assertThat(post("/tasks/" + id + "/complete", "", "c").statusCode()).isEqualTo(200);

    problem(patch(id, "{\"title\":\"b\"}"), 409);
    assertThat(delete(id).statusCode()).isEqualTo(204);
    problem(get("/tasks/" + id), 410);
    problem(patch(id, "{\"title\":\"b\"}"), 410);
    problem(post("/tasks/" + id + "/complete", "", "c"), 410);
    problem(get("/tasks/task-unknown"), 404);
    problem(patch("task-unknown", "{}"), 404);
    problem(post("/tasks/task-unknown/complete", "", "c"), 404);
    problem(delete("task-unknown"), 404);
    problem(send(request("/tasks").PUT(BodyPublishers.noBody())), 405);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "title    | {\"title\":\"\",\"owner_id\":\"o\"}",
        "title    | {\"title\":\"a\\u0007\",\"owner_id\":\"o\"}",
        "title    | {\"owner_id\":\"o\"}",
        "owner_id | {\"title\":\"t\"}",
        "priority | {\"title\":\"t\",\"owner_id\":\"o\",\"priority\":\"2\"}",
        "priority | {\"title\":\"t\",\"owner_id\":\"o\",\"priority\":6}",
        "due_at   | {\"title\":\"t\",\"owner_id\":\"o\",\"due_at\":\"2001-01-01T00:00:00Z\"}",
        "colour   | {\"title\":\"t\",\"owner_id\":\"o\",\"colour\":\"red\"}",
        "title    | {\"title\":\"t\",\"owner_id\":\"o\",\"title\":\"t\"}",
        "none     | {\"title\":\"t\",\"owner_id\":\"o\"",
        "none     | []",
      })
  void storesAndTellsNothingOfBadInput(String field, String body) {
    assertRefused(body, 400, field);
  }

  @Test
  void storesAndTellsNothingOfTooMuchInput() {
    assertRefused("{\"title\":\"" + "x".repeat(10_000) + "\",\"owner_id\":\"o\"}", 400, "title");
    assertRefused("{\"title\":\"" + "x".repeat(1024 * 1024) + "\",\"owner_id\":\"o\"}", 413, null);
  }

  @Test
  void takesJsonOnly() {
    problem(
        send(
            request("/tasks")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"title\":\"t\",\"owner_id\":\"o\"}"))),
        415);
  }

  @Test
  void listsInPagesNewestFirst() {
    String owner = "owner-" + UUID.randomUUID();
    List<String> ids = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      ids.add(0, created("{\"title\":\"%d\",\"owner_id\":\"%s\"}".formatted(number, owner)));
    }
    assertThat(post("/tasks/" + ids.get(0) + "/complete", "", "c").statusCode()).isEqualTo(200);
    assertThat(delete(ids.get(4)).statusCode()).isEqualTo(204);

    JsonNode first = json(get("/tasks?limit=3&owner_id=" + owner));
    assertThat(ids(first)).containsExactlyElementsOf(ids.subList(0, 3));
    JsonNode second =
        json(
            get(
                "/tasks?limit=3&owner_id="
                    + owner
                    + "&cursor="
                    + first.get("next_cursor").asString()));
    assertThat(ids(second)).containsExactly(ids.get(3));
    assertThat(second.get("next_cursor").isNull()).isTrue();
    assertThat(ids(json(get("/tasks?status=completed&cursor=&owner_id=" + owner))))
        .containsExactly(ids.get(0));
    assertThat(ids(json(get("/tasks?status=deleted&owner_id=" + owner))))
        .containsExactly(ids.get(4));
    assertThat(ids(json(get("/tasks?status=&owner_id=" + owner)))).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status=done", "cursor=x", "limit=0", "limit=501", "limit=x", "owner_id=a%0ab"})
  void refusesAListThatMakesNoSense(String query) {
    JsonNode problem = problem(get("/tasks?" + query), 400);

    assertThat(problem.at("/errors/0/field").asString())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  void storesNothingWhereTheEventCannotBePublished() {
    Tasks tasks =
        new Tasks(
            new TaskStore(jdbc),
            new EventPublisher<>() {
              @Override
              public <P extends TaskEvent> Event<P> publish(P payload, Cause cause) {
                throw new IllegalStateException("no outbox");
              }
            },
            new TransactionTemplate(transactions),
            Clock.systemUTC());
    long before = stored();

    assertThatIllegalStateException()
        .isThrownBy(() -> tasks.create(new CreateTask("t", "o", 1, null), CorrelationId.random()));
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void tellsChangesInTheOrderInWhichTheyHappened() {
    String id = created("{\"title\":\"0\",\"owner_id\":\"o\"}");
    List<CompletableFuture<HttpResponse<String>>> changes =
        IntStream.rangeClosed(1, 20)
            .mapToObj(
                number ->
                    CLIENT.sendAsync(
                        patching(id, "{\"title\":\"%d\"}".formatted(number)).build(),
                        BodyHandlers.ofString()))
            .toList();
    changes.forEach(change -> assertThat(change.join().statusCode()).isEqualTo(200));

    List<ConsumerRecord<String, String>> told = events.await(id, 21);
    assertThat(told).hasSize(21);
    assertThat(TaskEvents.json(told.get(20)).at("/data/title").asString())
        .isEqualTo(json(get("/tasks/" + id)).get("title").asString());
  }

  @Test
  void keepsAChangeThatAnotherOneMeets() {
    String id = created("{\"title\":\"a\",\"owner_id\":\"o\"}");
    CompletableFuture<HttpResponse<String>> other =
        new TransactionTemplate(transactions)
            .execute(
                status -> {
                  jdbc.sql("update orchestrator.tasks set title = 'b' where id = :id")
                      .param("id", id)
                      .update();
                  CompletableFuture<HttpResponse<String>> sent =
                      CLIENT.sendAsync(
                          patching(id, "{\"priority\":5}").build(), BodyHandlers.ofString());
                  Awaitility.await().until(this::somebodyWaits);
                  return sent;
                });

    assertThat(other.join().statusCode()).isEqualTo(200);
    JsonNode task = json(get("/tasks/" + id));
    assertThat(task.get("title").asString()).isEqualTo("b");
    assertThat(task.get("priority").asInt()).isEqualTo(5);
    assertThat(TaskEvents.json(events.await(id, 2).get(1)).at("/data/title").asString())
        .isEqualTo("b");
  }

  @Test
  void goesOnWithoutTheBroker() {
    created("{\"title\":\"before\",\"owner_id\":\"o\"}");
    List<String> ids = new ArrayList<>();
    KAFKA.stop();
    try {
      for (int number = 0; number < 10; number++) {
        String id = created("{\"title\":\"%d\",\"owner_id\":\"o\"}".formatted(number));
        assertThat(patch(id, "{\"priority\":5}").statusCode()).isEqualTo(200);
        assertThat(post("/tasks/" + id + "/complete", "", "c").statusCode()).isEqualTo(200);
        ids.add(id);
      }
      assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
      assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    } finally {
      KAFKA.start();
    }

    assertThat(ids)
        .allSatisfy(
            id ->
                assertThat(events.await(id, 3))
                    .extracting(TaskEvents::type)
                    .containsExactly("task.created", "task.updated", "task.completed"));
  }

  @Test
  void saysSoWhereTheDatabaseIsAway() {
    String id = created("{\"title\":\"a\",\"owner_id\":\"o\"}");
    POSTGRES.stop();
    try {
      HttpResponse<String> refused =
          post("/tasks", "{\"title\":\"b\",\"owner_id\":\"o\"}", "req-away");
      problem(refused, 503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      problem(get("/tasks/" + id), 503);
      assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    } finally {
      POSTGRES.start();
    }

    Awaitility.await().until(() -> get("/tasks/" + id).statusCode() == 200);
    assertThat(events.await(created("{\"title\":\"c\",\"owner_id\":\"o\"}"), 1)).hasSize(1);
  }

  private void assertRefused(String body, int status, @Nullable String field) {
    String correlation = "bad-" + UUID.randomUUID();
    long before = stored();
    JsonNode problem = problem(post("/tasks", body, correlation), status);

    assertThat(problem.get("correlation_id").asString()).isEqualTo(correlation);
    if (field != null) {
      assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    }
    assertThat(stored()).isEqualTo(before);
    events.await(created("{\"title\":\"good\",\"owner_id\":\"o\"}"), 1);
    assertThat(events.seenOf(correlation)).isEmpty();
  }

  private long stored() {
    return jdbc.sql("select count(*) from orchestrator.tasks").query(Long.class).single();
  }

  private boolean somebodyWaits() {
    return jdbc.sql("select count(*) > 0 from pg_stat_activity where wait_event_type = 'Lock'")
        .query(Boolean.class)
        .single();
  }

  private String created(String body) {
    HttpResponse<String> response = post("/tasks", body, "req-" + UUID.randomUUID());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json(response).get("id").asString();
  }

  private HttpResponse<String> post(String path, String body, String correlation) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("X-Correlation-ID", correlation)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> patch(String id, String body) {
    return send(patching(id, body));
  }

  private HttpRequest.Builder patching(String id, String body) {
    return request("/tasks/" + id)
        .header("Content-Type", "application/merge-patch+json")
        .method("PATCH", BodyPublishers.ofString(body));
  }

  private HttpResponse<String> delete(String id) {
    return send(request("/tasks/" + id).DELETE());
  }

  private HttpResponse<String> get(String path) {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).doesNotContain("Exception", "java.", "springframework");
    JsonNode problem = json(response);
    assertThat(problem.get("correlation_id").asString())
        .isEqualTo(response.headers().firstValue("X-Correlation-ID").orElseThrow());
    return problem;
  }

  private static List<String> ids(JsonNode page) {
    return page.get("tasks").valueStream().map(task -> task.get("id").asString()).toList();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }
}
