package io.eventagents.benchmarks.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Creates tasks over HTTP. Thread-safe. */
public final class TaskClient implements AutoCloseable {

  private static final String TASK =
      "{\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\",\"priority\":2}";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI tasks;

  TaskClient(Application orchestrator) {
    this.tasks = orchestrator.address().resolve("/tasks");
  }

  /**
   * Creates a task and returns when it is accepted.
   *
   * @throws IllegalStateException if it is not accepted
   */
  void create(String correlationId) throws IOException, InterruptedException {
    accepted(client.send(request(correlationId), HttpResponse.BodyHandlers.ofString()));
  }

  /** Starts to create a task. Completes when it is accepted. */
  CompletableFuture<Void> begin(String correlationId) {
    return client
        .sendAsync(request(correlationId), HttpResponse.BodyHandlers.ofString())
        .thenAccept(TaskClient::accepted);
  }

  private static void accepted(HttpResponse<String> response) {
    if (response.statusCode() != 201) {
      throw new IllegalStateException(
          "A task was not accepted: " + response.statusCode() + " " + response.body());
    }
  }

  private HttpRequest request(String correlationId) {
    return HttpRequest.newBuilder(tasks)
        .header("Content-Type", "application/json")
        .header("X-Correlation-ID", correlationId)
        .POST(HttpRequest.BodyPublishers.ofString(TASK))
        .build();
  }

  @Override
  public void close() {
    client.close();
  }
}
