package io.eventagents.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the agent; everything that it sends belongs to one chain.
 *
 * @param port where the agent listens
 * @param correlationId of what it sends
 */
public record TaskClient(int port, String correlationId) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static TaskClient of(int port) {
    return new TaskClient(port, "req-" + UUID.randomUUID());
  }

  /** Creates a task and returns its id. */
  public String created(String title) {
    return createdFrom("{\"title\":\"%s\",\"owner_id\":\"user-456\"}".formatted(title));
  }

  public String createdFrom(String body) {
    HttpResponse<String> response = post("/tasks", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json(response).get("id").asString();
  }

  public HttpResponse<String> post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /**
   * @param headers name, value, name, value and so on
   */
  public HttpResponse<String> postWith(String path, String body, String... headers) {
    return send(posting(path, body, headers));
  }

  public CompletableFuture<HttpResponse<String>> postAsyncWith(
      String path, String body, String... headers) {
    return CLIENT.sendAsync(posting(path, body, headers).build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> patchWith(String id, String body, String... headers) {
    return send(patching(id, body).headers(headers));
  }

  public HttpResponse<String> deleteWith(String id, String... headers) {
    return send(request("/tasks/" + id).headers(headers).DELETE());
  }

  public HttpResponse<String> bulk(String lines, String... headers) {
    HttpRequest.Builder request =
        request("/tasks/bulk")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  HttpResponse<String> complete(String id) {
    return send(request("/tasks/" + id + "/complete").POST(BodyPublishers.noBody()));
  }

  public HttpResponse<String> patch(String id, String body) {
    return send(patching(id, body));
  }

  CompletableFuture<HttpResponse<String>> patchAsync(String id, String body) {
    return CLIENT.sendAsync(patching(id, body).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> delete(String id) {
    return send(request("/tasks/" + id).DELETE());
  }

  public HttpResponse<String> get(String path) {
    return send(request(path));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("X-Correlation-ID", correlationId);
  }

  public static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The problem document in the answer. */
  public JsonNode problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("X-Correlation-ID")).hasValue(correlationId);
    assertThat(response.body()).doesNotContain("Exception", "java.", "springframework");
    JsonNode problem = json(response);
    assertThat(problem.get("correlation_id").asString()).isEqualTo(correlationId);
    return problem;
  }

  public static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  private HttpRequest.Builder posting(String path, String body, String... headers) {
    return request(path)
        .header("Content-Type", "application/json")
        .headers(headers)
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder patching(String id, String body) {
    return request("/tasks/" + id)
        .header("Content-Type", "application/merge-patch+json")
        .method("PATCH", BodyPublishers.ofString(body));
  }
}
