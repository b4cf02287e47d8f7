package io.eventagents.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.eventagents.orchestrator.TaskClient;
import io.eventagents.test.AgentTest;
import io.eventagents.test.Chains;
import io.eventagents.test.SettableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;

/** Commands that are repeated with the same {@code Idempotency-Key}. */
@AgentTest
class RepeatTests {

  private static final String KEY = "Idempotency-Key";
  private static final String BODY = "{\"title\":\"a\",\"owner_id\":\"o\"}";

  @LocalServerPort private int port;
  @Autowired private Chains chains;
  @Autowired private JdbcClient jdbc;
  @Autowired private IdempotencyKeys keys;
  @Autowired private TransactionTemplate transactions;
  @Autowired private SettableClock clock;

  private final String key = UUID.randomUUID().toString();
  private TaskClient client = TaskClient.of(0);

  @BeforeEach
  void connect() {
    client = TaskClient.of(port);
  }

  @Test
  void areAnsweredAsTheFirst() {
    HttpResponse<String> first = client.postWith("/tasks", BODY, KEY, key);
    HttpResponse<String> repeat = client.postWith("/tasks", BODY, KEY, key);
    HttpResponse<String> quoted = client.postWith("/tasks", BODY, KEY, '"' + key + '"');

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(List.of(repeat, quoted))
        .allSatisfy(
            again -> {
              assertThat(again.statusCode()).isEqualTo(201);
              assertThat(again.body()).isEqualTo(first.body());
              for (String header : List.of("Location", "ETag", "Content-Type")) {
                assertThat(TaskClient.header(again, header))
                    .as(header)
                    .isNotEmpty()
                    .isEqualTo(TaskClient.header(first, header));
              }
            });
    assertThat(chains.await(client.correlationId(), "task.created").events()).hasSize(1);
  }

  @Test
  void areAnsweredAsTheFirstWhateverHappenedSince() {
    String id = client.created("a");
    HttpResponse<String> first = client.patchWith(id, "{\"title\":\"b\"}", KEY, key);
    assertThat(client.patch(id, "{\"title\":\"c\"}").statusCode()).isEqualTo(200);
    HttpResponse<String> completed =
        client.postWith("/tasks/" + id + "/complete", "", KEY, key + "-complete");
    assertThat(completed.statusCode()).isEqualTo(200);
    HttpResponse<String> deleted = client.deleteWith(id, KEY, key + "-delete");
    assertThat(deleted.statusCode()).isEqualTo(204);

    HttpResponse<String> repeat = client.patchWith(id, "{\"title\":\"b\"}", KEY, key);
    assertThat(repeat.statusCode()).isEqualTo(200);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(client.postWith("/tasks/" + id + "/complete", "", KEY, key + "-complete").body())
        .isEqualTo(completed.body());
    assertThat(client.deleteWith(id, KEY, key + "-delete").statusCode()).isEqualTo(204);
    assertThat(chains.await(client.correlationId(), "task.deleted").events()).hasSize(5);
  }

  @Test
  void areAnsweredAsTheFirstEvenIfTheBodyWouldBeRefusedNow() {
    String soon =
        "{\"title\":\"a\",\"owner_id\":\"o\",\"due_at\":\"%s\"}"
            .formatted(clock.instant().plusSeconds(60));
    HttpResponse<String> first = client.postWith("/tasks", soon, KEY, key);
    clock.tick(Duration.ofMinutes(2));

    assertThat(client.postWith("/tasks", soon, KEY, key).body()).isEqualTo(first.body());
    client.problem(client.postWith("/tasks", soon, KEY, key + "-other"), 400);
  }

  @Test
  void areRefusedWithAnotherRequest() {
    String id = client.created("a");
    String other = client.created("b");
    assertThat(client.postWith("/tasks/" + id + "/complete", "", KEY, key).statusCode())
        .isEqualTo(200);

    client.problem(client.postWith("/tasks/" + other + "/complete", "", KEY, key), 422);
    client.problem(client.postWith("/tasks", BODY, KEY, key), 422);
    assertThat(TaskClient.json(client.get("/tasks/" + other)).get("status").asString())
        .isEqualTo("created");
  }

  @Test
  void areTriedAgainAfterARefusal() {
    String id = client.created("a");
    client.problem(client.patchWith(id, "{\"title\":\"\"}", KEY, key), 400);

    assertThat(client.patchWith(id, "{\"title\":\"b\"}", KEY, key).statusCode()).isEqualTo(200);
  }

  @Test
  void areOneCommandHoweverManyComeAtOnce() {
    List<HttpResponse<String>> answers =
        IntStream.range(0, 12)
            .mapToObj(number -> client.postAsyncWith("/tasks", BODY, KEY, key))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
    assertThat(answers)
        .extracting(HttpResponse::body)
        .hasSize(12)
        .containsOnly(answers.get(0).body());
    assertThat(chains.await(client.correlationId(), "task.created").events()).hasSize(1);
  }

  @Test
  void areRefusedWithTheReasonForTheLogWhileTheFirstStillRuns() throws Exception {
    CommandRequest.Repeat repeat = repeat("ann");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    StoredAnswer answer = new StoredAnswer(204, null, "", null, null);
    CompletableFuture<StoredAnswer> first =
        CompletableFuture.supplyAsync(
            () ->
                keys.once(
                    repeat,
                    () -> {
                      running.countDown();
                      assertThatNoException().isThrownBy(enough::await);
                      return answer;
                    }));
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

    IdempotencyKeys impatient =
        new IdempotencyKeys(
            jdbc,
            transactions,
            new IdempotencyProperties(Duration.ofHours(24), Duration.ofMillis(1)),
            clock);
    try {
      assertThatExceptionOfType(ErrorResponseException.class)
          .isThrownBy(() -> impatient.once(repeat, () -> answer))
          .satisfies(refused -> assertThat(refused.getStatusCode().value()).isEqualTo(409))
          .havingCause()
          .isInstanceOf(DataAccessException.class)
          .withMessageContaining("lock timeout");
    } finally {
      enough.countDown();
    }
    assertThat(first.join()).isEqualTo(answer);
  }

  @Test
  void areNewCommandsAfterADay() {
    HttpResponse<String> first = client.postWith("/tasks", BODY, KEY, key);
    clock.tick(Duration.ofHours(24).plusSeconds(1));
    HttpResponse<String> muchLater = client.postWith("/tasks", BODY, KEY, key);

    assertThat(muchLater.statusCode()).isEqualTo(201);
    assertThat(muchLater.body()).isNotEqualTo(first.body());
    assertThat(client.postWith("/tasks", BODY, KEY, key).body()).isEqualTo(muchLater.body());
  }

  @Test
  void areForgottenAfterADay() {
    client.postWith("/tasks", BODY, KEY, key);
    keys.purge();
    assertThat(known()).isEqualTo(1);
    clock.tick(Duration.ofHours(24).plusSeconds(1));
    keys.purge();

    assertThat(known()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "\"open"})
  void needAKeyThatIsOne(String malformed) {
    JsonNode problem = client.problem(client.postWith("/tasks", BODY, KEY, malformed), 400);

    assertThat(problem.at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
  }

  @Test
  void areRecognizedWhateverTheNameOfTheirCaller() {
    String letters =
        new Random(7)
            .ints(3_000, 'a', 'z' + 1)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    List<String> names = List.of("ann", "J\u00f6rg", "a\0b", "a\ud800", letters, letters + "2");

    for (String name : names) {
      StoredAnswer first = new StoredAnswer(201, "text/plain", name.substring(0, 1), null, null);
      assertThat(keys.once(repeat(name), () -> first)).isEqualTo(first);
      assertThat(
              keys.once(
                  repeat(name), () -> new StoredAnswer(500, "text/plain", "again", null, null)))
          .isEqualTo(first);
    }

    assertThat(known()).isEqualTo(names.size());
    assertThat(repeat("J\u00f6rg").caller()).as("as it was stored before").isEqualTo("J\u00f6rg");
  }

  private CommandRequest.Repeat repeat(String caller) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/tasks");
    request.addHeader(KEY, key);
    request.setUserPrincipal(() -> caller);
    return Objects.requireNonNull(CommandRequest.of(request, new byte[0]).repeat());
  }

  private long known() {
    return jdbc.sql("select count(*) from orchestrator.idempotency_keys where key = :key")
        .param("key", key)
        .query(Long.class)
        .single();
  }
}
