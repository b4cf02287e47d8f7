package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.test.AgentTest;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Changes that name the state they were made for. */
@AgentTest
class ConditionalChangeTests {

  @LocalServerPort private int port;
  @Autowired private Chains chains;

  private TaskClient client = TaskClient.of(0);

  @BeforeEach
  void connect() {
    client = TaskClient.of(port);
  }

  @Test
  void areMadeInThatStateOnly() {
    HttpResponse<String> created = client.post("/tasks", "{\"title\":\"a\",\"owner_id\":\"o\"}");
    String id = TaskClient.json(created).get("id").asString();
    String first = TaskClient.header(created, "ETag");
    HttpResponse<String> changed = client.patchWith(id, "{\"title\":\"b\"}", "If-Match", first);
    String second = TaskClient.header(changed, "ETag");

    assertThat(first).matches("\"\\d+\"");
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(second).isNotEqualTo(first);
    assertThat(TaskClient.header(client.get("/tasks/" + id), "ETag")).isEqualTo(second);
    for (HttpResponse<String> stale :
        List.of(
            client.patchWith(id, "{\"title\":\"c\"}", "If-Match", first),
            client.patchWith(id, "{\"title\":\"b\"}", "If-Match", "W/" + second),
            client.postWith("/tasks/" + id + "/complete", "", "If-Match", first),
            client.deleteWith(id, "If-Match", first))) {
      client.problem(stale, 412);
      assertThat(TaskClient.header(stale, "ETag")).isEqualTo(second);
    }
    client.problem(client.deleteWith(id, "If-Match", "unquoted"), 400);
    HttpResponse<String> completed =
        client.postWith("/tasks/" + id + "/complete", "", "If-Match", second);
    assertThat(completed.statusCode()).isEqualTo(200);
    assertThat(client.deleteWith(id, "If-Match", "*").statusCode()).isEqualTo(204);
    assertThat(chains.await(client.correlationId(), "task.deleted").events())
        .extracting(ChainEvent::eventType)
        .containsExactlyInAnyOrder(
            "task.created", "task.updated", "task.completed", "task.deleted");
  }

  @Test
  void areRefusedForAnotherReasonFirst() {
    String id = client.created("a");
    assertThat(client.complete(id).statusCode()).isEqualTo(200);

    client.problem(client.patchWith(id, "{\"title\":\"b\"}", "If-Match", "\"99\""), 409);
    client.problem(client.patchWith("task-unknown", "{}", "If-Match", "\"1\""), 404);
    assertThat(client.delete(id).statusCode()).isEqualTo(204);
    client.problem(client.patchWith(id, "{}", "If-Match", "*"), 410);
    client.problem(client.deleteWith(id, "If-Match", "*"), 412);
  }

  @Test
  void answersThatNothingIsNew() {
    String id = client.created("a");
    String tag = TaskClient.header(client.get("/tasks/" + id), "ETag");

    HttpResponse<String> again =
        TaskClient.send(client.request("/tasks/" + id).header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(client.patch(id, "{\"title\":\"b\"}").statusCode()).isEqualTo(200);
    assertThat(
            TaskClient.send(client.request("/tasks/" + id).header("If-None-Match", tag))
                .statusCode())
        .isEqualTo(200);
  }
}
