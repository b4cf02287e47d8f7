package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.test.AgentTest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The agent with settings that are stricter than the defaults. */
@AgentTest(
    properties = {"orchestrator.require-if-match=true", "orchestrator.idempotency.patience=200ms"})
class StrictOrchestratorTests {

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;
  @Autowired private PlatformTransactionManager transactions;

  private TaskClient client = TaskClient.of(0);

  @BeforeEach
  void connect() {
    client = TaskClient.of(port);
  }

  @Test
  void changesMustNameTheStateTheyWereMadeFor() {
    String id = client.created("a");

    client.problem(client.patch(id, "{\"title\":\"b\"}"), 428);
    client.problem(client.complete(id), 428);
    client.problem(client.delete(id), 428);
    client.problem(client.delete("task-unknown"), 404);
    String tag = TaskClient.header(client.get("/tasks/" + id), "ETag");
    assertThat(client.patchWith(id, "{\"title\":\"b\"}", "If-Match", tag).statusCode())
        .isEqualTo(200);
    assertThat(client.deleteWith(id, "If-Match", "*").statusCode()).isEqualTo(204);
  }

  @Test
  void repeatsDoNotWaitForEver() {
    String key = UUID.randomUUID().toString();
    String body = "{\"title\":\"a\",\"owner_id\":\"o\"}";
    HttpResponse<String> busy =
        new TransactionTemplate(transactions)
            .execute(
                status -> {
                  jdbc.sql(
                          """
                          insert into orchestrator.idempotency_keys (caller, key, digest, created_at)
                          values ('', :key, '', now())
                          """)
                      .param("key", key)
                      .update();
                  status.setRollbackOnly();
                  return client.postWith("/tasks", body, "Idempotency-Key", key);
                });

    client.problem(busy, 409);
    assertThat(TaskClient.header(busy, "Retry-After")).isEqualTo("1");
    assertThat(client.postWith("/tasks", body, "Idempotency-Key", key).statusCode()).isEqualTo(201);
  }
}
