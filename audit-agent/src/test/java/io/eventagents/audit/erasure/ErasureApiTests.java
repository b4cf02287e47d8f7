package io.eventagents.audit.erasure;

import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.test.AgentTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AgentTest(
    properties = {
      "spring.cloud.stream.kafka.bindings.auditLog-in-0.consumer.configuration.metadata.max.age.ms=300",
      // Other tests run an audit agent on the same broker.
      "spring.cloud.stream.bindings.auditLog-in-0.group=audit-log-erasures"
    })
@DirtiesContext
class ErasureApiTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path path;

  @Autowired AuditLog log;
  @Autowired LogDirectory directory;
  @LocalServerPort int port;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("audit.directory", () -> path);
  }

  @Test
  void erasesOnRequestAndReportsItInTheLog() throws Exception {
    log.accept(
        batch(
            event(7_000_000, "e-first", "a.done", null, "2025-01-15T10:00:00Z"),
            event(7_000_001, "e-second", "a.done", "e-first", "2025-01-15T10:00:00Z")));
    JsonNode dryRun =
        JSON.readTree(
            post("{\"subject\":{\"n\":7000001},\"reason\":\"asked\",\"dry_run\":true}").body());
    assertThat(dryRun.propertyNames()).containsExactly("records", "files", "chains", "bytes");
    assertThat(dryRun.get("records").asInt()).isEqualTo(2);

    HttpResponse<String> response =
        post("{\"subject\":{\"n\":7000001},\"reason\":\"asked\",\"whole_chains\":false}");

    assertThat(response.statusCode()).isEqualTo(202);
    JsonNode requested = JSON.readTree(response.body());
    String id = requested.get("id").asString();
    assertThat(response.headers().firstValue("Location")).hasValue("/audit/erasures/" + id);
    assertThat(requested.get("requested_by").asString()).isEqualTo("anonymous");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/audit/erasures/" + id).get("state").asString().equals("completed"));
    JsonNode completed = get("/audit/erasures/" + id);
    assertThat(completed.get("erased").get("records").asInt()).isEqualTo(1);
    assertThat(completed.get("files_done")).isEqualTo(completed.get("files"));
    assertThat(completed.propertyNames())
        .containsExactly(
            "id",
            "state",
            "reason",
            "requested_by",
            "requested_at",
            "whole_chains",
            "subject_sha256",
            "correlation_id",
            "files",
            "files_done",
            "completed_at",
            "erased");
    assertThat(completed.get("erased").propertyNames())
        .containsExactly("records", "files", "bytes", "lines_sha256");
    assertThat(get("/audit/erasures").get("erasures").get(0)).isEqualTo(completed);
    assertThat(get("/audit/events/e-first").get("data").get("n").asInt()).isEqualTo(7_000_000);
    assertThat(lines("7000001")).hasSize(1).first().asString().contains("\"erased\":\"" + id);
    await().atMost(Duration.ofSeconds(20)).until(() -> told(id).size() == 2);
    assertThat(told(id))
        .extracting(event -> event.get("event_type").asString())
        .containsExactly("erasure.requested", "erasure.completed");
    assertThat(told(id).get(1).get("data").get("lines_sha256"))
        .isEqualTo(completed.get("erased").get("lines_sha256"));
    assertThat(told(id).get(1).get("metadata").get("causation_id"))
        .isEqualTo(told(id).get(0).get("event_id"));
    post("/audit/verification", "");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/audit/verification").path("last").path("erased_lines").asInt() == 1);
    JsonNode verified = get("/audit/verification").get("last");
    assertThat(verified.get("unchanged").get("holds").asBoolean()).isTrue();
    assertThat(verified.get("index").get("holds").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"reason\":\"r\"}|subject",
        "{\"subject\":{},\"reason\":\"r\"}|subject",
        "{\"subject\":\"user-456\",\"reason\":\"r\"}|subject",
        "{\"subject\":{\"owner_id\":null},\"reason\":\"r\"}|subject.owner_id",
        "{\"subject\":{\"owner_id\":\"\"},\"reason\":\"r\"}|subject.owner_id",
        "{\"subject\":{\"owner_id\":[\"a\"]},\"reason\":\"r\"}|subject.owner_id",
        "{\"subject\":{\"a\":\"1\",\"a\":\"2\"},\"reason\":\"r\"}|subject.a",
        "{\"subject\":{\"a\":\"\\ud800\"},\"reason\":\"r\"}|subject.a",
        "{\"subject\":{\"a\":\"1\"}}|reason",
        "{\"subject\":{\"a\":\"1\"},\"reason\":\" \"}|reason",
        "{\"subject\":{\"a\":\"1\"},\"reason\":5}|reason",
        "{\"subject\":{\"a\":\"1\"},\"reason\":\"\\u0000\"}|reason",
        "{\"subject\":{\"a\":\"1\"},\"reason\":\"r\",\"whole_chains\":\"yes\"}|whole_chains",
        "{\"subject\":{\"a\":\"1\"},\"reason\":\"r\",\"dry_run\":1}|dry_run",
        "{\"subject\":{\"a\":\"1\"},\"reason\":\"r\",\"dryRun\":true}|dryRun",
        "{\"subject\":{\"a\":\"1\"},\"reason\":\"r\",\"reason\":\"s\"}|reason"
      })
  void namesTheFieldThatIsWrong(String body, String field) throws Exception {
    HttpResponse<String> response = post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(response.body()).get("errors").get(0).get("field").asString())
        .isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "[]", "{\"reason\":", "{} {}", "null"})
  void refusesABodyThatIsNotAnObject(String body) throws Exception {
    HttpResponse<String> response = post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(response.body()).get("detail").asString()).startsWith("The body ");
  }

  @Test
  void answersThatThereIsNoOtherErasure() throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(uri("/audit/erasures/none")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(response.body()).get("detail").asString()).contains("'none'");
  }

  private List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : directory.files()) {
      for (String line : Files.readAllLines(path.resolve(file))) {
        if (line.contains(text)) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private List<JsonNode> told(String id) throws IOException {
    List<JsonNode> told = new ArrayList<>();
    for (String line : lines(id)) {
      JsonNode event = JSON.readTree(line).path("event");
      if (event.path("data").path("erasure_id").asString("").equals(id)) {
        told.add(event);
      }
    }
    return told;
  }

  private JsonNode get(String address) throws Exception {
    return JSON.readTree(
        http.send(
                HttpRequest.newBuilder(uri(address)).build(), HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return post("/audit/erasures", body);
  }

  private HttpResponse<String> post(String address, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(address))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String address) {
    return URI.create("http://localhost:" + port + address);
  }
}
