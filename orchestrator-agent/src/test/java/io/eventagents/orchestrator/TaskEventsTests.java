package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.test.AgentTest;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The events of a task over HTTP. */
@AgentTest
class TaskEventsTests {

  @LocalServerPort private int port;
  @Autowired private Chains chains;

  private TaskClient client = TaskClient.of(0);

  @BeforeEach
  void connect() {
    client = TaskClient.of(port);
  }

  @Test
  void areThoseThatWerePublished() {
    String id =
        client.createdFrom(
            "{\"title\":\"a\",\"owner_id\":\"o\",\"due_at\":\"2999-01-01T00:00:00+01:00\"}");
    assertThat(client.patch(id, "{\"title\":\"b\",\"due_at\":null}").statusCode()).isEqualTo(200);
    assertThat(client.complete(id).statusCode()).isEqualTo(200);
    assertThat(client.delete(id).statusCode()).isEqualTo(204);

    List<ChainEvent> published =
        chains.await(client.correlationId(), "task.deleted").events().stream()
            .sorted(Comparator.comparingLong(event -> event.record().offset()))
            .toList();
    List<JsonNode> shown = events("/tasks/" + id + "/events").valueStream().toList();
    assertThat(shown).hasSize(4);
    for (int at = 0; at < 4; at++) {
      ChainEvent event = published.get(at);
      JsonNode view = shown.get(at);
      assertThat(view.get("event_id").asString()).isEqualTo(event.eventId());
      assertThat(view.get("event_type").asString()).isEqualTo(event.eventType());
      assertThat(view.get("occurred_at").asString()).isEqualTo(event.occurredAt().toString());
      assertThat(view.get("data")).isEqualTo(event.data());
      assertThat(view.at("/metadata/correlation_id").asString()).isEqualTo(client.correlationId());
      assertThat(view.at("/metadata/causation_id").asString())
          .isEqualTo(event.metadata().causationId());
      assertThat(view.at("/metadata/source").asString()).isEqualTo("orchestrator-agent");
    }
  }

  @Test
  void comeInPages() {
    String id = client.created("0");
    for (int number = 1; number < 5; number++) {
      client.patch(id, "{\"title\":\"%d\"}".formatted(number));
    }

    JsonNode first = TaskClient.json(client.get("/tasks/" + id + "/events?limit=3"));
    assertThat(titles(first)).containsExactly("0", "1", "2");
    JsonNode second =
        TaskClient.json(
            client.get(
                "/tasks/%s/events?limit=3&cursor=%s"
                    .formatted(id, first.get("next_cursor").asString())));
    assertThat(titles(second)).containsExactly("3", "4");
    assertThat(second.get("next_cursor").isNull()).isTrue();
  }

  @Test
  void areThoseOfATaskThatThereIs() {
    client.problem(client.get("/tasks/task-unknown/events"), 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cursor=x", "limit=0", "limit=501", "limit=x"})
  void comeInPagesThatMakeSense(String query) {
    String id = client.created("a");
    JsonNode problem = client.problem(client.get("/tasks/" + id + "/events?" + query), 400);

    assertThat(problem.at("/errors/0/field").asString())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  private JsonNode events(String path) {
    return TaskClient.json(client.get(path)).get("events");
  }

  private static List<String> titles(JsonNode page) {
    return page.get("events")
        .valueStream()
        .map(event -> event.at("/data/title").asString())
        .toList();
  }
}
