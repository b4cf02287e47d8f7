package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.orchestrator.followup.FollowUps;
import io.eventagents.orchestrator.task.CreateTask;
import io.eventagents.orchestrator.task.TaskEvent;
import io.eventagents.orchestrator.task.TaskHistory;
import io.eventagents.orchestrator.task.TaskPublication;
import io.eventagents.orchestrator.task.TaskStore;
import io.eventagents.orchestrator.task.Tasks;
import io.eventagents.test.AgentTest;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@AgentTest
class OrchestratorAgentTests {

  @LocalServerPort private int port;
  @Autowired private Chains chains;
  @Autowired private JdbcClient jdbc;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private FollowUps followUps;

  private TaskClient client = TaskClient.of(0);

  @BeforeEach
  void connect() {
    client = TaskClient.of(port);
  }

  @Test
  void createsATaskAndPublishesIt() {
    TaskClient caller = new TaskClient(port, "req-abc-123");
    HttpResponse<String> created =
        caller.post(
            "/tasks",
            "{\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\",\"priority\":2}");

    assertThat(created.statusCode()).isEqualTo(201);
    String id = TaskClient.json(created).get("id").asString();
    assertThat(created.body()).isEqualTo("{\"id\":\"%s\",\"status\":\"created\"}".formatted(id));
    assertThat(created.headers().firstValue("Location")).hasValue("/tasks/" + id);
    assertThat(created.headers().firstValue("X-Correlation-ID")).hasValue("req-abc-123");
    JsonNode task = TaskClient.json(caller.get("/tasks/" + id));
    assertThat(task.get("title").asString()).isEqualTo("Review quarterly report");
    assertThat(task.get("owner_id").asString()).isEqualTo("user-456");
    assertThat(task.get("priority").asInt()).isEqualTo(2);
    assertThat(task.get("due_at").isNull()).isTrue();
    assertThat(task.get("status").asString()).isEqualTo("created");
    assertThat(task.propertyNames()).contains("created_at", "updated_at");

    ChainEvent event = chains.await("req-abc-123", "task.created").single("task.created");
    assertThat(event.topic()).isEqualTo("task-events");
    assertThat(event.key()).isEqualTo(id);
    assertThat(event.metadata().causationId()).isEqualTo("api-create-" + id);
    assertThat(event.metadata().source()).isEqualTo("orchestrator-agent");
    assertThat(event.data().toString())
        .isEqualTo(
            "{\"task_id\":\"%s\",\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\",\"priority\":2}"
                .formatted(id));
  }

  @Test
  void publishesEachChangeOnce() {
    String id =
        client.createdFrom(
            "{\"title\":\"a\",\"owner_id\":\"o\",\"due_at\":\"2999-01-01T00:00:00+01:00\"}");

    assertThat(title(client.patch(id, "{\"title\":\"b\"}"))).isEqualTo("b");
    assertThat(client.patch(id, "{\"title\":\"b\"}").statusCode()).isEqualTo(200);
    assertThat(TaskClient.json(client.patch(id, "{\"due_at\":null}")).get("due_at").isNull())
        .isTrue();
    assertThat(TaskClient.json(client.complete(id)).get("status").asString())
        .isEqualTo("completed");
    assertThat(client.complete(id).statusCode()).isEqualTo(200);
    assertThat(client.delete(id).statusCode()).isEqualTo(204);
    assertThat(client.delete(id).statusCode()).isEqualTo(204);

    List<ChainEvent> told = told("task.deleted");
    assertThat(told)
        .extracting(ChainEvent::eventType)
        .containsExactly(
            "task.created", "task.updated", "task.updated", "task.completed", "task.deleted");
    assertThat(told)
        .extracting(event -> event.metadata().causationId())
        .containsExactly(
            "api-create-" + id,
            "api-update-" + id,
            "api-update-" + id,
            "api-complete-" + id,
            "api-delete-" + id);
    assertThat(told.get(0).text("due_at")).isEqualTo("2998-12-31T23:00:00Z");
    assertThat(told.get(2).data().propertyNames()).doesNotContain("due_at");
    assertThat(told.get(4).text("title")).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=YEARLY;BYYEARDAY=-366;BYDAY=SU",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=YEARLY;BYMONTH=3,9;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=400",
        "FREQ=DAILY;BYHOUR=8;BYMINUTE=0,30"
      })
  void takesRulesThatRecur(String rule) {
    HttpResponse<String> created = client.post("/tasks", recurring(rule));

    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RSCALE=ISLAMIC-CIVIL;FREQ=DAILY | must not have RSCALE=ISLAMIC-CIVIL: a task recurs by the Gregorian calendar",
        "RSCALE=ISLAMIC-CIVIL;FREQ=MONTHLY | must not have RSCALE=ISLAMIC-CIVIL: a task recurs by the Gregorian calendar",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31 | must name a time that comes again; FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31 names none after 2999-02-15T09:00:00Z: change the rule or the first time",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | must name a time that comes again; FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 names none after 2999-02-15T09:00:00Z: change the rule or the first time"
      })
  void refusesRulesThatDoNotRecurAndSaysWhy(String rule, String message) {
    String id = client.createdFrom(recurring("FREQ=DAILY"));

    for (HttpResponse<String> refused :
        List.of(
            client.post("/tasks", recurring(rule)),
            client.patch(id, "{\"recurrence\":\"%s\"}".formatted(rule)))) {
      JsonNode error = client.problem(refused, 400).get("errors").get(0);
      assertThat(error.get("field").asString()).isEqualTo("recurrence");
      assertThat(error.get("message").asString()).isEqualTo(message);
    }
  }

  /** A rule that recurs from January on has no day in any February. */
  @Test
  void refusesAnotherDueTimeIfTheRuleDoesNotRecurFromThere() {
    String id =
        client.createdFrom(
            recurring("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31")
                .replace("2999-02-15", "2999-01-15"));

    JsonNode problem =
        client.problem(client.patch(id, "{\"due_at\":\"2999-02-15T09:00:00Z\"}"), 400);
    assertThat(problem.toString())
        .contains("\"field\":\"recurrence\"", "names none after 2999-02-15");
  }

  private static String recurring(String rule) {
    return """
        {"title":"a","owner_id":"o","due_at":"2999-02-15T09:00:00Z","time_zone":"Europe/Berlin","recurrence":"%s"}
        """
        .formatted(rule);
  }

  @Test
  void refusesWhatIsNotPossible() {
    String id = client.created("a");
    assertThat(client.complete(id).statusCode()).isEqualTo(200);

    client.problem(client.patch(id, "{\"title\":\"b\"}"), 409);
    assertThat(client.delete(id).statusCode()).isEqualTo(204);
    client.problem(client.get("/tasks/" + id), 410);
    client.problem(client.patch(id, "{\"title\":\"b\"}"), 410);
    client.problem(client.complete(id), 410);
    client.problem(client.get("/tasks/task-unknown"), 404);
    client.problem(client.patch("task-unknown", "{}"), 404);
    client.problem(client.complete("task-unknown"), 404);
    client.problem(client.delete("task-unknown"), 404);
    client.problem(TaskClient.send(client.request("/tasks").PUT(BodyPublishers.noBody())), 405);
    assertThat(told("task.deleted"))
        .extracting(ChainEvent::eventType)
        .containsExactly("task.created", "task.completed", "task.deleted");
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
  void storesAndTellsNothingOfBadInput(@Nullable String field, String body) {
    assertRefused(body, 400, field);
  }

  @Test
  void storesAndPublishesNothingIfTheInputIsTooLarge() {
    assertRefused("{\"title\":\"" + "x".repeat(10_000) + "\",\"owner_id\":\"o\"}", 400, "title");
    assertRefused("{\"title\":\"" + "x".repeat(1024 * 1024) + "\",\"owner_id\":\"o\"}", 413, null);
  }

  @Test
  void takesJsonOnly() {
    client.problem(
        TaskClient.send(
            client
                .request("/tasks")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"title\":\"t\",\"owner_id\":\"o\"}"))),
        415);
  }

  @Test
  void listsInPagesNewestFirst() {
    String owner = "owner-" + UUID.randomUUID();
    List<String> ids = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      ids.addFirst(
          client.createdFrom("{\"title\":\"%d\",\"owner_id\":\"%s\"}".formatted(number, owner)));
    }
    assertThat(client.complete(ids.get(0)).statusCode()).isEqualTo(200);
    assertThat(client.delete(ids.get(4)).statusCode()).isEqualTo(204);

    JsonNode first = list("limit=3&owner_id=" + owner);
    assertThat(ids(first)).containsExactlyElementsOf(ids.subList(0, 3));
    JsonNode second =
        list("limit=3&owner_id=%s&cursor=%s".formatted(owner, first.get("next_cursor").asString()));
    assertThat(ids(second)).containsExactly(ids.get(3));
    assertThat(second.get("next_cursor").isNull()).isTrue();
    assertThat(ids(list("status=completed&cursor=&owner_id=" + owner))).containsExactly(ids.get(0));
    assertThat(ids(list("status=deleted&owner_id=" + owner))).containsExactly(ids.get(4));
    assertThat(ids(list("status=&owner_id=" + owner))).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status=done", "cursor=x", "limit=0", "limit=501", "limit=x", "owner_id=a%0ab"})
  void refusesAListThatMakesNoSense(String query) {
    JsonNode problem = client.problem(client.get("/tasks?" + query), 400);

    assertThat(problem.at("/errors/0/field").asString())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  void storesNothingIfTheEventCannotBePublished() {
    Tasks tasks =
        new Tasks(
            new TaskStore(jdbc),
            new TaskPublication(
                new EventPublisher<>() {
                  @Override
                  public <P extends TaskEvent> Event<P> publish(P payload, Cause cause) {
                    throw new IllegalStateException("no outbox");
                  }
                },
                new TaskHistory(jdbc),
                followUps::awaitAfterPublished),
            new TransactionTemplate(transactions),
            Clock.systemUTC());
    long before = stored();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                tasks.create(
                    new CreateTask("t", "o", 1, null, null, null), CorrelationId.random()));
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void publishesChangesInTheOrderInWhichTheyHappened() {
    String id = client.created("0");
    List<CompletableFuture<HttpResponse<String>>> changes =
        IntStream.rangeClosed(1, 20)
            .mapToObj(number -> client.patchAsync(id, "{\"title\":\"%d\"}".formatted(number)))
            .toList();
    changes.forEach(change -> assertThat(change.join().statusCode()).isEqualTo(200));

    List<ChainEvent> told = told("task.updated");
    assertThat(told).hasSize(21);
    assertThat(told.get(20).text("title")).isEqualTo(title(client.get("/tasks/" + id)));
  }

  @Test
  void keepsAChangeThatAnotherOneMeets() {
    String id = client.created("a");
    CompletableFuture<HttpResponse<String>> other =
        new TransactionTemplate(transactions)
            .execute(
                status -> {
                  jdbc.sql("update orchestrator.tasks set title = 'b' where id = :id")
                      .param("id", id)
                      .update();
                  CompletableFuture<HttpResponse<String>> sent =
                      client.patchAsync(id, "{\"priority\":5}");
                  Awaitility.await().until(this::somebodyWaits);
                  return sent;
                });

    assertThat(other.join().statusCode()).isEqualTo(200);
    JsonNode task = TaskClient.json(client.get("/tasks/" + id));
    assertThat(task.get("title").asString()).isEqualTo("b");
    assertThat(task.get("priority").asInt()).isEqualTo(5);
    assertThat(told("task.updated").get(1).text("title")).isEqualTo("b");
  }

  private void assertRefused(String body, int status, @Nullable String field) {
    long before = stored();
    JsonNode problem = client.problem(client.post("/tasks", body), status);

    if (field != null) {
      assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
    }
    assertThat(stored()).isEqualTo(before);
    assertThat(chains.await(client.correlationId())).hasNoEvents();
  }

  /** All events of the client's chain, in the order of the topic. */
  private List<ChainEvent> told(String atLeast) {
    var chain = chains.await(client.correlationId(), atLeast);
    assertThat(chain).isPublishedOnce();
    return chain.events().stream()
        .sorted(Comparator.comparingLong(event -> event.record().offset()))
        .toList();
  }

  private boolean somebodyWaits() {
    return jdbc.sql(
            """
            select count(*) > 0 from pg_stat_activity
            where wait_event_type = 'Lock' and datname = current_database()
            """)
        .query(Boolean.class)
        .single();
  }

  private long stored() {
    return jdbc.sql("select count(*) from orchestrator.tasks").query(Long.class).single();
  }

  private JsonNode list(String query) {
    return TaskClient.json(client.get("/tasks?" + query));
  }

  private static List<String> ids(JsonNode page) {
    return page.get("tasks").valueStream().map(task -> task.get("id").asString()).toList();
  }

  private static String title(HttpResponse<String> response) {
    return TaskClient.json(response).get("title").asString();
  }
}
