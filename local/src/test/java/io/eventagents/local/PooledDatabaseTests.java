package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.embedded.PgBouncer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All applications, with their tables behind a connection pooler in transaction mode. */
@Timeout(240)
class PooledDatabaseTests {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DATABASE = "pooled";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable PgBouncer pooler;
  private @Nullable ConfigurableApplicationContext local;

  @AfterEach
  void stop() {
    if (local != null) {
      local.close();
    }
    if (pooler != null) {
      pooler.close();
    }
    http.shutdownNow();
  }

  @Test
  void everyApplicationWorks() throws Exception {
    assumeFalse(PgBouncer.isMissing(), "Debian's package pgbouncer is not installed");
    EmbeddedPostgreSql server = EmbeddedServers.postgreSql();
    server.createDatabase(DATABASE);
    pooler = PgBouncer.inFrontOf(server, folder);
    local =
        LocalApplication.run(
            "--local.directory=" + folder.resolve("local"),
            "--server.port=0",
            "--spring.datasource.url=" + pooler.jdbcUrl(DATABASE),
            "--spring.datasource.username=" + server.username(),
            "--spring.datasource.password=" + server.password(),
            "--local.kafka.port=0",
            "--local.mail.smtp-port=0",
            "--local.mail.imap-port=0");
    String correlation = "req-" + UUID.randomUUID();
    String path = create(correlation);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(types("/audit/chains/" + correlation, "events"))
                  .contains("task.created", "notification.sent", "reminder.scheduled");
              assertThat(states(path)).containsOnly("followed");
            });
    for (int n = 0;
        n < 20;
        n++) { // More often than the driver's threshold for server-prepared statements.
      change(path, n);
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(types(path + "/events", "events")).hasSizeGreaterThan(20));
    assertThat(JSON.readTree(get("/actuator/health")).path("status").asString()).isEqualTo("UP");
  }

  private String create(String correlation) {
    HttpResponse<String> created =
        send(
            request("/tasks")
                .header("X-Correlation-ID", correlation)
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"title":"Review","owner_id":"user-456","due_at":"2999-01-15T14:30:00Z"}""")));
    assertThat(created.statusCode()).isEqualTo(201);
    return created.headers().firstValue("Location").orElseThrow();
  }

  private void change(String path, int n) {
    HttpResponse<String> changed =
        send(
            request(path)
                .method(
                    "PATCH", BodyPublishers.ofString("{\"title\":\"Review %d\"}".formatted(n))));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
  }

  private List<String> types(String path, String list) {
    return JSON.readTree(get(path))
        .path(list)
        .valueStream()
        .map(PooledDatabaseTests::type)
        .toList();
  }

  private List<String> states(String path) {
    return JSON.readTree(get(path))
        .path("follow_ups")
        .valueStream()
        .map(followUp -> followUp.path("state").asString())
        .toList();
  }

  private static String type(JsonNode event) {
    return event.path("event_type").asString();
  }

  private String get(String path) {
    HttpResponse<String> answer = send(request(path).GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    URI base =
        URI.create(
            "http://localhost:"
                + Objects.requireNonNull(local).getEnvironment().getProperty("local.server.port"));
    return HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
