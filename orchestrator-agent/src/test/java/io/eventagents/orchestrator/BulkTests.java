package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.test.AgentTest;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many tasks in one request. */
@AgentTest
class BulkTests {

  private static final String LINE = "{\"title\":\"a\",\"owner_id\":\"o\"}\n";

  @LocalServerPort private int port;
  @Autowired private Chains chains;
  @Autowired private JdbcClient jdbc;

  private TaskClient client = TaskClient.of(0);

  @BeforeEach
  void connect() {
    client = TaskClient.of(port);
  }

  @Test
  void areAnsweredLineByLine() {
    HttpResponse<String> answer =
        client.bulk(
            """
            {"title":"first","owner_id":"o"}
            {"title":"","owner_id":"o","priority":9}

            {"title":"broken
            {"title":"second","owner_id":"o","priority":5}
            []
            """
                .stripTrailing());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TaskClient.header(answer, "Content-Type")).isEqualTo("application/x-ndjson");
    List<JsonNode> lines = lines(answer);
    assertThat(lines).extracting(line -> line.get("line").asInt()).containsExactly(1, 2, 4, 5, 6);
    assertThat(lines)
        .extracting(line -> line.get("status").asInt())
        .containsExactly(201, 400, 400, 201, 400);
    assertThat(lines.get(1).get("errors").valueStream())
        .extracting(error -> error.get("field").asString())
        .containsExactly("title", "priority");
    assertThat(lines.get(2).get("detail").asString()).startsWith("The line is no well-formed JSON");
    assertThat(lines.get(4).get("detail").asString()).isEqualTo("The line must be a JSON object.");
    String id = lines.get(3).get("id").asString();
    assertThat(lines.get(3).get("location").asString()).isEqualTo("/tasks/" + id);
    JsonNode second = TaskClient.json(client.get("/tasks/" + id));
    assertThat(second.get("title").asString()).isEqualTo("second");
    assertThat(TaskClient.header(client.get("/tasks/" + id), "ETag"))
        .isEqualTo(lines.get(3).get("etag").asString());

    assertThat(
            chains.await(client.correlationId(), "task.created", "task.created").events().stream())
        .extracting(ChainEvent::key)
        .containsExactlyInAnyOrder(lines.get(0).get("id").asString(), id);
  }

  @Test
  void areTakenUpToALimit() {
    HttpResponse<String> most = client.bulk(LINE.repeat(500) + "\n\n");
    assertThat(lines(most)).hasSize(500).allMatch(line -> line.get("status").asInt() == 201);
    assertThat(lines(most).stream().map(line -> line.get("id").asString())).doesNotHaveDuplicates();
    long before = stored();
    JsonNode problem = client.problem(client.bulk(LINE.repeat(501)), 413);

    assertThat(problem.get("detail").asString()).contains("More than 500 lines", "split them");
    client.problem(client.bulk("x".repeat(1024 * 1024 + 1)), 413);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void areOnlyLines() {
    client.problem(client.bulk("\n \n"), 400);
    client.problem(
        TaskClient.send(
            client
                .request("/tasks/bulk")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(LINE))),
        415);
  }

  @Test
  void areCreatedOnceIfTheyComeAgain() {
    String key = UUID.randomUUID().toString();
    String lines =
        IntStream.range(0, 3)
            .mapToObj(number -> "{\"title\":\"%d\",\"owner_id\":\"o\"}".formatted(number))
            .collect(Collectors.joining("\n"));
    HttpResponse<String> first = client.bulk(lines, "Idempotency-Key", key);
    HttpResponse<String> repeat = client.bulk(lines, "Idempotency-Key", key);

    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(TaskClient.header(repeat, "Content-Type")).isEqualTo("application/x-ndjson");
    client.problem(client.bulk(lines + "\n" + LINE, "Idempotency-Key", key), 422);
    assertThat(chains.await(client.correlationId()).events()).hasSize(3);
  }

  private static List<JsonNode> lines(HttpResponse<String> answer) {
    JsonMapper json = new JsonMapper();
    return answer.body().lines().map(json::readTree).toList();
  }

  private long stored() {
    return jdbc.sql("select count(*) from orchestrator.tasks").query(Long.class).single();
  }
}
