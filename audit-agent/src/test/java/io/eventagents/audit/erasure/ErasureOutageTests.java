package io.eventagents.audit.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.audit.log.LogDirectory;
import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.test.AgentTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs on its own database, which it stops. */
@AgentTest(
    properties = {
      "spring.datasource.hikari.connection-timeout=1000",
      // Other tests run an audit agent on the same broker.
      "spring.cloud.stream.bindings.auditLog-in-0.group=audit-log-erasure-outage"
    })
@DirtiesContext // or it would go on looking for the database
class ErasureOutageTests {

  private static final EmbeddedPostgreSql POSTGRESQL = EmbeddedPostgreSql.builder().start();
  private static final String ASKED =
      "{\"subject\":{\"owner_id\":\"user-456\"},\"reason\":\"asked while the database was away\"}";

  @TempDir static Path path;

  @Autowired LogDirectory directory;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("audit.directory", () -> path);
    registry.add("spring.datasource.url", () -> POSTGRESQL.createDatabase("erasure_outage"));
    registry.add("spring.datasource.username", POSTGRESQL::username);
    registry.add("spring.datasource.password", POSTGRESQL::password);
  }

  @AfterAll
  static void close() {
    POSTGRESQL.close();
  }

  @Test
  void acceptsNothingDuringAnOutageOfTheDatabaseAndSaysSo() throws Exception {
    POSTGRESQL.stop();
    try {
      HttpResponse<String> refused = post();
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      JsonNode problem = JsonMapper.shared().readTree(refused.body());
      assertThat(problem.get("status").asInt()).isEqualTo(503);
      assertThat(problem.get("detail").asString())
          .startsWith("The database does not take this just now: ");
      assertThat(get().statusCode()).isEqualTo(503);
    } finally {
      POSTGRESQL.start();
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> get().statusCode() == 200);
    assertThat(JsonMapper.shared().readTree(get().body()).get("erasures")).isEmpty();
    assertThat(post().statusCode()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                JsonMapper.shared()
                    .readTree(get().body())
                    .path("erasures")
                    .path(0)
                    .path("state")
                    .asString("")
                    .equals("completed"));
    await().atMost(Duration.ofSeconds(20)).until(() -> logged("erasure.completed") == 1);
    assertThat(logged("erasure.requested")).isEqualTo(1);
  }

  private long logged(String type) throws IOException {
    long count = 0;
    for (String file : directory.files()) {
      try (Stream<String> lines = Files.lines(path.resolve(file))) {
        count += lines.filter(line -> line.contains("\"event_type\":\"" + type + "\"")).count();
      }
    }
    return count;
  }

  private HttpResponse<String> get() throws Exception {
    return http.send(HttpRequest.newBuilder(uri()).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post() throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ASKED))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri() {
    return URI.create("http://localhost:" + port + "/audit/erasures");
  }
}
